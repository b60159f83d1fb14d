-- Step 60: the slices for the accounts that wait for a bill.
-- Grain:      one row per slice_size accounts, in the order of the accounts
-- Reads:      telecom_bill_run_account, telecom_bill_run_slice
-- Writes:     telecom_bill_run_slice
-- Params:     run_id, company_id, slice_size, first_number
-- Idempotent: an account that is in an unfinished slice is left there.
with

waiting_account as (
    select
        (row_number() over (order by account.id) - 1) / %(slice_size)s::integer
            as slice_offset
    from telecom_bill_run_account as account
    left join telecom_bill_run_slice as slice
        on account.slice_id = slice.id
    where
        account.run_id = %(run_id)s
        and account.state = 'pending'
        and account.move_id is null
        and (slice.id is null or slice.invoice_state = 'done')
)

insert into telecom_bill_run_slice (
    run_id,
    company_id,
    number,
    account_count,
    invoice_state,
    post_state,
    deliver_state
)
select
    %(run_id)s,
    %(company_id)s,
    %(first_number)s + waiting_account.slice_offset,
    count(*),
    'pending',
    'pending',
    'pending'
from waiting_account
group by waiting_account.slice_offset
order by waiting_account.slice_offset

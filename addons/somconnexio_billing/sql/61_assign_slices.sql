-- Step 61: put the accounts that wait for a bill into the slices just made.
-- Grain:      one row per run account
-- Reads:      telecom_bill_run_slice
-- Writes:     telecom_bill_run_account.slice_id
-- Params:     run_id, slice_size, first_number
-- Idempotent: an account that is in an unfinished slice is left there.
with

waiting_account as (
    select
        account.id,
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

update telecom_bill_run_account as account
set slice_id = slice.id
from waiting_account
inner join telecom_bill_run_slice as slice
    on
        slice.run_id = %(run_id)s
        and slice.number = %(first_number)s + waiting_account.slice_offset
where account.id = waiting_account.id

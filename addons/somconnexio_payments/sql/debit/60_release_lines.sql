-- Step debit/60: the debits of a run that was cancelled or refused as a whole.
-- Grain:      one row per debit of the run
-- Writes:     account_payment_line, telecom_debit_wish, telecom_mandate_amendment
-- Params:     run_id
-- Idempotent: yes.
with

released as (
    update account_payment_line
    set
        is_debit_open = false,
        debit_booked_date = null,
        debit_slice_id = null
    where debit_run_id = %(run_id)s
    returning id
),

given_back as (
    update telecom_debit_wish as wish
    set
        state = 'waiting',
        payment_line_id = null
    from released
    where
        wish.payment_line_id = released.id
        and wish.state in ('taken', 'done')
)

update telecom_mandate_amendment as amendment
set
    payment_line_id = null,
    sent_date = null
from released
where amendment.payment_line_id = released.id

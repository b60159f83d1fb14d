-- Step debit/40: which debit tells the bank of a change in its mandate: the first one.
-- Grain:      one row per waiting change of a mandate of the run
-- Reads:      account_payment_line
-- Writes:     telecom_mandate_amendment
-- Params:     run_id
-- Idempotent: changes that another file tells stay with it.
with

first_line as (
    select distinct on (line.mandate_id)
        line.mandate_id,
        line.id
    from account_payment_line as line
    where line.debit_run_id = %(run_id)s
    order by line.mandate_id, line.date, line.name
)

update telecom_mandate_amendment as amendment
set payment_line_id = first_line.id
from first_line
where
    first_line.mandate_id = amendment.mandate_id
    and amendment.sent_date is null
    and amendment.payment_line_id is null

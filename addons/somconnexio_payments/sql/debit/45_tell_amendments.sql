-- Step debit/45: changes of mandates that the bank has been told of.
-- Grain:      one row per change in the file
-- Reads:      account_payment_line
-- Writes:     telecom_mandate_amendment
-- Params:     run_id, today
-- Idempotent: yes.
update telecom_mandate_amendment as amendment
set sent_date = %(today)s
from account_payment_line as line
where
    amendment.payment_line_id = line.id
    and line.debit_run_id = %(run_id)s
    and amendment.sent_date is null

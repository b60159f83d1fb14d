-- Step debit/46: wishes that the bank has.
-- Grain:      one row per wish of the run
-- Reads:      account_payment_line
-- Writes:     telecom_debit_wish
-- Params:     run_id
-- Idempotent: yes.
update telecom_debit_wish as wish
set state = 'done'
from account_payment_line as line
where
    wish.payment_line_id = line.id
    and line.debit_run_id = %(run_id)s
    and wish.state = 'taken'

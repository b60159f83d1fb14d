-- Step debit/21: wishes that are in the run now.
-- Grain:      one row per wish
-- Reads:      account_payment_line
-- Writes:     telecom_debit_wish
-- Params:     run_id
-- Idempotent: yes.
update telecom_debit_wish as wish
set
    state = 'taken',
    payment_line_id = line.id
from account_payment_line as line
where
    line.debit_run_id = %(run_id)s
    and line.debit_wish_id = wish.id
    and line.is_debit_open is true
    and wish.state = 'waiting'

-- Step debit/34: the state that OCA's payment orders and debits show.
-- Grain:      one row per debit; the orders are written by the caller
-- Writes:     account_payment_line
-- Params:     run_id, state
-- Idempotent: yes.
update account_payment_line
set state = %(state)s
where
    debit_run_id = %(run_id)s
    and state <> %(state)s

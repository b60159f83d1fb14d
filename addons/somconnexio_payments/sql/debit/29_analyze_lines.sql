-- Step debit/29: let the planner know of the new debits.
-- Grain:      the table
-- Writes:     statistics of account_payment_line
-- Idempotent: yes.
analyze account_payment_line

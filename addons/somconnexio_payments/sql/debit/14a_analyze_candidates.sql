-- Step debit/14a: let the planner know of the candidates.
-- Grain:      the table
-- Writes:     statistics of debit_candidate (temporary)
-- Idempotent: yes.
analyze debit_candidate

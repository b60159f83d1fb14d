-- Step debit/11: begin anew.
-- Grain:      all rows
-- Writes:     debit_candidate (temporary)
-- Idempotent: yes.
truncate table debit_candidate

-- Step 28: tell the planner how many payers there are.
-- Grain:      -
-- Reads:      temporary bank_payer
-- Writes:     its statistics
-- Idempotent: yes.
analyze bank_payer

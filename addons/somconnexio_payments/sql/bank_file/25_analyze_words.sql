-- Step 25: tell the planner how many words there are.
-- Grain:      -
-- Reads:      temporary bank_word
-- Writes:     its statistics
-- Idempotent: yes.
analyze bank_word

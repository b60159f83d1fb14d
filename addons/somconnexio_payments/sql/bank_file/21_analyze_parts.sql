-- Step 21: tell the planner how many they are.
-- Grain:      -
-- Reads:      temporary bank_part
-- Writes:     its statistics
-- Idempotent: yes.
analyze bank_part

-- Step 14: tell the planner what a batch looks like.
-- Reads:      usage_staged.
-- Writes:     the statistics of the columns that step 15 joins and filters by; without
--             them it takes 120 of 50,000 rows for readable and loops over indexes.
-- Idempotent: yes.
analyze usage_staged (reason, usage_type, served_number)

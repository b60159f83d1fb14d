-- Step 12: tell the planner how many numbers there are.
-- Reads:      usage_served.
-- Idempotent: yes.
analyze usage_served

-- Step 20: let the planner know how long the plan is.
-- Grain:      none
-- Reads:      telecom_price_change_line
-- Writes:     its statistics
-- Params:     none
-- Idempotent: statistics are made anew.
analyze telecom_price_change_line

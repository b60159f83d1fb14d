-- Step 54: let the planner know the lines of a new preview.
-- Grain:      no rows
-- Reads:      telecom_bill_run_line
-- Writes:     the statistics of telecom_bill_run_line, see 50_analyze_accounts
analyze telecom_bill_run_line

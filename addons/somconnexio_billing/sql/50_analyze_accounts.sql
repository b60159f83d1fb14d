-- Step 50: let the planner know the accounts of a new run.
-- Grain:      no rows
-- Reads:      telecom_bill_run_account
-- Writes:     the statistics of telecom_bill_run_account: a run that they have never
--             seen counts as one row, and joins with it then take minutes
analyze telecom_bill_run_account

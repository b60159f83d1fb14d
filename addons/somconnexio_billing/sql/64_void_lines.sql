-- Step 64: what a voided bill charged may be billed once more.
-- Grain:      one row per line of the voided accounts
-- Reads:      the parameters
-- Writes:     telecom_bill_run_line.is_void
-- Params:     run_account_ids
-- Idempotent: a void line stays void.
update telecom_bill_run_line as line
set is_void = true
where line.run_account_id = any(%(run_account_ids)s::integer[])

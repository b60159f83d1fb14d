-- Step 23: let nobody load, recycle or discard usage until the transaction ends.
-- Writes:     nothing; readers are not disturbed.
-- Idempotent: yes. Waits as long as lock_timeout allows.
lock table telecom_usage_event, telecom_usage_rejection
in share row exclusive mode

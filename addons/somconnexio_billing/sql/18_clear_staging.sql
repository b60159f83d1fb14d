-- Step 18: make room for the next batch.
-- Writes:     usage_staged, usage_taken.
-- Idempotent: yes.
truncate usage_staged, usage_taken

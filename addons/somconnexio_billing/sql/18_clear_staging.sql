-- Step 18: make room for the next batch.
-- Writes:     usage_staged.
-- Idempotent: yes.
truncate usage_staged

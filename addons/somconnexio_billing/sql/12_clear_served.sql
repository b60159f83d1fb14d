-- Step 12: forget the numbers of a load before: they may have changed since.
-- Writes:     usage_served.
-- Idempotent: yes.
truncate usage_served

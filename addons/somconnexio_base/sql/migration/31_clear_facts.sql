-- Step 31: empty the facts of the kind before.
-- Writes:     migration_fact.
-- Idempotent: yes.
truncate table migration_fact

-- Step 32: forget the rows and facts of the kind before.
-- Writes:     migration_taken, migration_fact.
-- Idempotent: yes.
truncate table migration_taken, migration_fact

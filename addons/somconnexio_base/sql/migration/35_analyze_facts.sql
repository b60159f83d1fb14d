-- Step 35: let the planner know how many facts there are.
-- Writes:     statistics of migration_fact.
-- Idempotent: yes.
analyze migration_fact

-- Step 34: let the planner know how many rows were taken.
-- Writes:     statistics of migration_taken.
-- Idempotent: yes.
analyze migration_taken

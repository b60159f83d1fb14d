-- Step 13: let the planner know how many rows were staged.
-- Writes:     statistics of telecom_migration_row.
-- Idempotent: yes.
analyze telecom_migration_row

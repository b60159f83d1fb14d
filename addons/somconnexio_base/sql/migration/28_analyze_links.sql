-- Step 28: let the planner know the ids that a kind has brought; within a trial, which
--          is one transaction, nobody else does.
-- Writes:     statistics of telecom_external_id, telecom_migration_ledger.
-- Idempotent: yes.
analyze telecom_external_id, telecom_migration_ledger

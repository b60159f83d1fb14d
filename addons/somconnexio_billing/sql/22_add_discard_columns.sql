-- Step 22: room in the table of usage events for what people discard.
-- Grain:      one row per usage event.
-- Writes:     telecom_usage_event: discard_id, who, when and why; discarded_reason, for
--             which it was in suspense before (definition only).
-- Idempotent: adds only what is missing.
alter table telecom_usage_event
add column if not exists discard_id integer,
add column if not exists discarded_reason varchar

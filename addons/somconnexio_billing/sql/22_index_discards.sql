-- Step 22: find the events of a discard without reading all usage.
-- Writes:     an index of telecom_usage_event.
-- Idempotent: creates only what is missing.
create index if not exists telecom_usage_event_discard_index
on telecom_usage_event (discard_id)
where discard_id is not null

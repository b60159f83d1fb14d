-- Step 24: take the rated usage of a file's events out.
-- Grain:      one row per rated event of the file.
-- Reads:      telecom_usage_event.
-- Writes:     telecom_rated_usage.
-- Params:     file_id.
-- Idempotent: yes.
delete from telecom_rated_usage as rated
using telecom_usage_event as event
where
    event.file_id = %(file_id)s
    and event.id = rated.event_id
    and event.started_at = rated.started_at

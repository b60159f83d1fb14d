-- Step 24: take the usage events of a file out.
-- Grain:      one row per event of the file.
-- Writes:     telecom_usage_event.
-- Params:     file_id.
-- Idempotent: yes.
delete from telecom_usage_event
where file_id = %(file_id)s

-- Step 96: forget what the rejected rows of files said.
-- Grain:      one row per rejection of the files.
-- Reads:      the parameters.
-- Writes:     telecom_usage_rejection: raw_line, detail. Line, reason and state stay.
-- Params:     file_ids.
-- Idempotent: yes.
update telecom_usage_rejection as rejection
set
    raw_line = null,
    detail = null
where
    rejection.file_id = any(%(file_ids)s::integer[])
    and (rejection.raw_line is not null or rejection.detail is not null)

-- Step 23: the rows of other files that a file won against.
-- Grain:      one row per rejection that names the file as the first to tell its event.
-- Reads:      telecom_usage_rejection.
-- Params:     file_id.
-- Idempotent: reads only.
select
    rejection.id,
    rejection.file_id,
    rejection.line_number
from telecom_usage_rejection as rejection
where
    rejection.duplicate_file_id = %(file_id)s
    and rejection.file_id <> %(file_id)s
order by rejection.file_id, rejection.line_number

-- Step 24: take rejections of a file out: all, or those of some lines.
-- Grain:      one row per rejection.
-- Writes:     telecom_usage_rejection.
-- Params:     file_id; line_numbers, or null for all.
-- Idempotent: yes.
delete from telecom_usage_rejection
where
    file_id = %(file_id)s
    and (
        %(line_numbers)s::integer[] is null
        or line_number = any(%(line_numbers)s::integer[])
    )

-- Step 15: staged records whose event was there already become rejections that say
--          where: in which file and line, of this file or an earlier one.
-- Grain:      one row per line of the file.
-- Reads:      usage_staged, telecom_usage_event.
-- Writes:     telecom_usage_rejection.
-- Params:     company_id, file_id, user_id.
-- Idempotent: no; a line is staged once, and UNIQUE (file_id, line_number) guards it.
insert into telecom_usage_rejection (
    company_id,
    file_id,
    line_number,
    reason,
    duplicate_file_id,
    duplicate_line_number,
    raw_line,
    state,
    create_uid,
    create_date,
    write_uid,
    write_date
)
select
    %(company_id)s,
    %(file_id)s,
    staged.line_number,
    'duplicate',
    event.file_id,
    event.line_number,
    staged.raw_line,
    'rejected',
    %(user_id)s,
    now() at time zone 'utc',
    %(user_id)s,
    now() at time zone 'utc'
from usage_staged as staged
join telecom_usage_event as event
    on
        event.started_at = staged.started_at
        and event.event_key = staged.event_key
where
    staged.reason is null
    and (event.file_id, event.line_number) <> (%(file_id)s, staged.line_number)

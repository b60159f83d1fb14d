-- Step 17: staged records whose event was there already become rejections that say
--          where: in which file and line, of this file or an earlier one.
-- Grain:      one row per line of the file.
-- Reads:      usage_staged, usage_taken, telecom_usage_event.
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
    'duplicate' as reason,
    event.file_id as duplicate_file_id,
    event.line_number as duplicate_line_number,
    staged.raw_line,
    'rejected' as state,
    %(user_id)s as create_uid,
    now() at time zone 'utc' as create_date,
    %(user_id)s as write_uid,
    now() at time zone 'utc' as write_date
from usage_staged as staged
-- Looking up the key of each line that did make an event costs as much as making it.
left join usage_taken as taken on staged.line_number = taken.line_number
inner join telecom_usage_event as event
    on
        staged.started_at = event.started_at
        and staged.event_key = event.event_key
where
    staged.reason is null
    and taken.line_number is null

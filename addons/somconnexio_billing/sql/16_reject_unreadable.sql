-- Step 16: staged lines that could not be read become rejections.
-- Grain:      one row per line of the file.
-- Reads:      usage_staged.
-- Writes:     telecom_usage_rejection.
-- Params:     company_id, file_id, user_id.
-- Idempotent: no; a line is staged once, and UNIQUE (file_id, line_number) guards it.
insert into telecom_usage_rejection (
    company_id,
    file_id,
    line_number,
    reason,
    field_name,
    detail,
    expected,
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
    line_number,
    reason,
    field_name,
    detail,
    expected,
    raw_line,
    'rejected' as state,
    %(user_id)s as create_uid,
    now() at time zone 'utc' as create_date,
    %(user_id)s as write_uid,
    now() at time zone 'utc' as write_date
from usage_staged
where reason is not null

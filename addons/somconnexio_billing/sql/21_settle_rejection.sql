-- Step 21: say what became of the rejections that were read again.
-- Grain:      one row per rejection whose line is staged.
-- Reads:      usage_staged, telecom_usage_event.
-- Writes:     telecom_usage_rejection: recycled when its line is an event now,
--             otherwise rejected still, for the reason found this time.
-- Params:     file_id, user_id.
-- Idempotent: yes.
update telecom_usage_rejection as rejection
set
    state = case
        when event.file_id = %(file_id)s and event.line_number = staged.line_number
            then 'recycled'
        else 'rejected'
    end,
    reason = case
        when staged.reason is not null then staged.reason
        when event.file_id = %(file_id)s and event.line_number = staged.line_number
            then rejection.reason
        else 'duplicate'
    end,
    field_name = staged.field_name,
    detail = staged.detail,
    expected = staged.expected,
    duplicate_file_id = case
        when (event.file_id, event.line_number) <> (%(file_id)s, staged.line_number)
            then event.file_id
    end,
    duplicate_line_number = case
        when (event.file_id, event.line_number) <> (%(file_id)s, staged.line_number)
            then event.line_number
    end,
    write_uid = %(user_id)s,
    write_date = now() at time zone 'utc'
from usage_staged as staged
left join telecom_usage_event as event
    on
        staged.started_at = event.started_at
        and staged.event_key = event.event_key
where
    rejection.file_id = %(file_id)s
    and rejection.line_number = staged.line_number

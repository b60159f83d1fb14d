-- Step 95: the files whose kept text is past its retention.
-- Grain:      one row per file, with the month in which it came and why it must stay;
--             reason is null when its text may go.
-- Reads:      telecom_usage_file, res_company, telecom_usage_event,
--             telecom_usage_rejection, telecom_held_usage.
-- Params:     company_ids and first_kept_dates (parallel lists): the first day of the
--             months that each company still keeps.
-- Idempotent: reads only.
-- Rule:       a file tells of usage up to the day on which it came, so that it is due
--             with that day's month, when all its events have left with theirs. A row
--             that was rejected is settled when it was recycled or discarded, or is
--             told elsewhere. A file that waits to be loaded stays.
with due_company as (
    select
        company.id as company_id,
        company.telecom_is_usage_held,
        due.first_kept_date
    from unnest(
            %(company_ids)s::integer[], %(first_kept_dates)s::date[]
        ) as due (company_id, first_kept_date)
    inner join res_company as company
        on due.company_id = company.id
)

select
    file.id as file_id,
    date_trunc('month', file.received_at)::date as month_date,
    case
        when due.telecom_is_usage_held is true then 'held'
        when exists (
                select
                from telecom_usage_event as event
                where event.file_id = file.id
            ) then 'used'
        when exists (
                select
                from telecom_usage_rejection as rejection
                where
                    rejection.file_id = file.id
                    and rejection.state = 'rejected'
                    and rejection.reason <> 'duplicate'
            ) then 'rejected'
        when exists (
                select
                from telecom_held_usage as held
                where
                    held.company_id = file.company_id
                    and held.kind = 'event'
                    and (held.content ->> 'file_id')::integer = file.id
            ) then 'held'
    end as reason
from due_company as due
inner join telecom_usage_file as file
    on
        due.company_id = file.company_id
        and file.received_at < due.first_kept_date
where
    file.content_removed_at is null
    and file.state <> 'received'
order by month_date, file.id

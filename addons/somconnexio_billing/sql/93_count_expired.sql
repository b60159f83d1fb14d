-- Step 93: keep the counters of files true when a month of usage goes.
-- Grain:      one row per file with events of the month.
-- Reads:      telecom_usage_event.
-- Writes:     telecom_usage_file: expired_count, expired_discarded_count.
-- Params:     month_date (first day), next_month_date.
-- Idempotent: no; the month is removed in the same transaction.
with expired as (
    select
        file_id,
        count(*) as row_count,
        count(*) filter (where state = 'discarded') as discarded_count
    from telecom_usage_event
    where
        started_at >= %(month_date)s
        and started_at < %(next_month_date)s
    group by file_id
)

update telecom_usage_file as file
set
    expired_count = coalesce(file.expired_count, 0) + expired.row_count,
    expired_discarded_count = coalesce(file.expired_discarded_count, 0)
    + expired.discarded_count
from expired
where expired.file_id = file.id
returning expired.row_count

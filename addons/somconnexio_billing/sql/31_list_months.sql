-- Step 31: list the months that rated usage may belong to.
--
-- Their partitions are made before anything is read: making one while another rating
-- reads the table could deadlock.
--
-- grain:      one row per month (UTC) from the first usage event to the period's end
-- reads:      telecom_usage_event
-- writes:     nothing
-- params:     period_end (civil date), timezone
-- idempotent: reads only
with period as (
    select
        %(period_end)s::date::timestamp at time zone %(timezone)s at time zone 'UTC'
            as end_at
),

first_event as (
    select min(event.started_at) as started_at
    from telecom_usage_event as event
)

select months.month_date::date as month_date
from first_event
cross join period
cross join generate_series(
    date_trunc('month', first_event.started_at),
    date_trunc('month', period.end_at - interval '1 microsecond'),
    interval '1 month'
) as months (month_date);

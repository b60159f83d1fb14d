-- List the civil months whose usage a bill run has.
--
-- grain:      one row per month
-- reads:      telecom_rated_usage
-- writes:     nothing
-- params:     run_id, time_zone
select
    date_trunc(
        'month', rated.started_at at time zone 'UTC' at time zone %(time_zone)s
    )::date as month
from telecom_rated_usage as rated
where rated.bill_run_id = %(run_id)s
group by 1
order by 1

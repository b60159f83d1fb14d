-- List the civil months in which a company has rated usage.
--
-- grain:      one row per month
-- reads:      telecom_rated_usage
-- writes:     nothing
-- params:     company_id, time_zone
select
    date_trunc(
        'month', rated.started_at at time zone 'UTC' at time zone %(time_zone)s
    )::date as month
from telecom_rated_usage as rated
where rated.company_id = %(company_id)s
group by 1
order by 1

-- List the subscriptions of a usage file and the time that it spans.
--
-- grain:      one row per subscription code, in the order of the codes
-- reads:      rate_usage_input
-- writes:     nothing
-- params:     timezone
-- idempotent: reads only
select
    input.subscription_code,
    min((input.started_at at time zone 'UTC' at time zone %(timezone)s)::date)
        as first_date,
    max((input.started_at at time zone 'UTC' at time zone %(timezone)s)::date)
        as last_date,
    array_agg(distinct date_trunc('month', input.started_at)::date) as months
from rate_usage_input as input
group by input.subscription_code
order by input.subscription_code collate "C"

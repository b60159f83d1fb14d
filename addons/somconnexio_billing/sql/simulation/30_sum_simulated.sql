-- Simulation: sum what the sandbox's usage of the month costs now.
--
-- Amounts are text, so that no reader makes floats of them.
--
-- grain:      one row per subscription with usage
-- reads:      telecom_usage_event, telecom_rated_usage (of the sandbox)
-- idempotent: reads only
select
    event.subscription_id,
    count(*)::integer as event_count,
    count(*) filter (where rated.event_id is null)::integer as unrated_count,
    coalesce(sum(rated.amount), 0)::text as new_amount
from telecom_usage_event as event
left join telecom_rated_usage as rated on event.id = rated.event_id
group by event.subscription_id;

-- Control: every guided usage event up to the end of the period is rated.
-- Grain:   one row per guided event without rated usage
-- Reads:   telecom_usage_event, telecom_rated_usage
-- Params:  company_id, period_start_at, period_end_at
-- Rule:    looks at the period's own months; what is older was controlled by its run.
select
    null::integer as billing_account_id,
    event.id as res_id,
    concat_ws(' ', event.served_number, event.started_at) as detail
from telecom_usage_event as event
where
    event.company_id = %(company_id)s
    and event.state in ('guided', 'recycled')
    and event.started_at >= %(period_start_at)s
    and event.started_at < %(period_end_at)s
    and not exists (
        select from telecom_rated_usage as usage
        where
            usage.event_id = event.id
            and usage.started_at = event.started_at
            and usage.started_at >= %(period_start_at)s
            and usage.started_at < %(period_end_at)s
    )
order by event.started_at, event.id

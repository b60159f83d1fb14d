-- Control: every usage event of the period belongs to a subscription.
-- Grain:   one row per event in suspense for its number
-- Reads:   telecom_usage_event (partial index on suspense)
-- Params:  company_id, period_start_at, period_end_at
select
    null::integer as billing_account_id,
    event.id as res_id,
    concat_ws(' ', event.served_number, event.started_at, event.reason) as detail
from telecom_usage_event as event
where
    event.company_id = %(company_id)s
    and event.state = 'received'
    and event.reason in ('unknown_number', 'number_not_in_use')
    and event.started_at >= %(period_start_at)s
    and event.started_at < %(period_end_at)s
order by event.started_at, event.id

-- Control: all usage of a subscription has a price.
-- Grain:   one row per event that belongs to a subscription and could not be priced
-- Reads:   telecom_usage_event (partial index on suspense), contract_contract
-- Params:  company_id, period_end_at
-- Rule:    usage of earlier months counts as well: it is late, not lost.
select
    subscription.telecom_billing_account_id as billing_account_id,
    event.id as res_id,
    concat_ws(
        ' ', event.served_number, event.other_number, event.started_at, event.reason
    ) as detail
from telecom_usage_event as event
left join contract_contract as subscription
    on event.subscription_id = subscription.id
where
    event.company_id = %(company_id)s
    and event.state = 'received'
    and event.reason in ('no_tariff', 'no_destination', 'no_rate')
    and event.started_at < %(period_end_at)s
order by event.started_at, event.id

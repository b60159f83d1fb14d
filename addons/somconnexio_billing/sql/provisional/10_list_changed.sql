-- Provisional rating: list the subscriptions whose usage isn't rated as it stands.
--
-- Those with an event that has no rated usage or that of another subscription, those
-- whose tariff lines changed, and whoever shares a billing account with one of them,
-- for they may share allowances. Events that wait for a price don't count: nothing but
-- a change of prices helps them, and then everything is rated again.
--
-- grain:      one row per subscription
-- reads:      telecom_usage_event, telecom_rated_usage, contract_contract,
--             contract_line
-- params:     company_id, start_at and end_at (UTC), rated_at (UTC, of the rating
--             before)
-- idempotent: reads only
with changed as (
    select event.subscription_id
    from telecom_usage_event as event
    left join telecom_rated_usage as rated on event.id = rated.event_id
    where
        event.company_id = %(company_id)s
        and event.started_at >= %(start_at)s
        and event.started_at < %(end_at)s
        and event.state in ('guided', 'recycled')
        and rated.subscription_id is distinct from event.subscription_id

    union

    select rated.subscription_id
    from telecom_rated_usage as rated
    inner join telecom_usage_event as event on rated.event_id = event.id
    where
        rated.company_id = %(company_id)s
        and rated.started_at >= %(start_at)s
        and rated.started_at < %(end_at)s
        and rated.subscription_id is distinct from event.subscription_id

    union

    select line.contract_id as subscription_id
    from contract_line as line
    inner join contract_contract as subscription on line.contract_id = subscription.id
    where
        subscription.company_id = %(company_id)s
        and line.telecom_line_kind = 'tariff'
        and line.write_date >= %(rated_at)s
)

select changed.subscription_id
from changed
where changed.subscription_id is not null

union

select neighbour.id as subscription_id
from changed
inner join contract_contract as subscription
    on changed.subscription_id = subscription.id
inner join contract_contract as neighbour
    on subscription.telecom_billing_account_id = neighbour.telecom_billing_account_id;

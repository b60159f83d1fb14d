-- Simulation: list the subscriptions that used something in the month.
--
-- A chunk is worked off by one job. Subscriptions that share a billing account are in
-- the same chunk, for they may share allowances.
--
-- grain:      one row per subscription with usage in the month
-- reads:      telecom_usage_event, contract_contract
-- writes:     telecom_rating_simulation_line
-- params:     simulation_id, company_id, start_at and end_at (UTC), subscription_ids
--             and partner_ids (null: all), chunk_size
-- idempotent: a subscription that is listed already stays as it is
with user_subscription as (
    select distinct event.subscription_id
    from telecom_usage_event as event
    where
        event.company_id = %(company_id)s
        and event.subscription_id is not null
        and event.started_at >= %(start_at)s
        and event.started_at < %(end_at)s
),

wanted as (
    select
        subscription.id as subscription_id,
        subscription.partner_id,
        subscription.telecom_billing_account_id as billing_account_id,
        -- Whoever has no account is alone; ids below zero can't meet those of accounts.
        coalesce(subscription.telecom_billing_account_id, -subscription.id) as owner_key
    from user_subscription
    inner join contract_contract as subscription
        on user_subscription.subscription_id = subscription.id
    where
        (
            %(subscription_ids)s::integer[] is null
            or subscription.id = any(%(subscription_ids)s::integer[])
        )
        and (
            %(partner_ids)s::integer[] is null
            or subscription.partner_id = any(%(partner_ids)s::integer[])
        )
),

owner_size as (
    select
        wanted.owner_key,
        count(*) as subscription_count
    from wanted
    group by wanted.owner_key
),

owner_placed as (
    select
        owner_size.owner_key,
        (
            sum(owner_size.subscription_count) over (
                order by owner_size.owner_key
                rows between unbounded preceding and current row
            ) - owner_size.subscription_count
        )::integer / %(chunk_size)s as chunk
    from owner_size
)

insert into telecom_rating_simulation_line (
    simulation_id,
    company_id,
    subscription_id,
    partner_id,
    billing_account_id,
    chunk,
    is_done
)
select
    %(simulation_id)s,
    %(company_id)s,
    wanted.subscription_id,
    wanted.partner_id,
    wanted.billing_account_id,
    owner_placed.chunk,
    false as is_done
from wanted
inner join owner_placed on wanted.owner_key = owner_placed.owner_key
on conflict (simulation_id, subscription_id) do nothing;

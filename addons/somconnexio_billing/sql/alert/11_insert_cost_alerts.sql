-- Alerts: find the subscriptions whose usage costs a rule's share of their limit.
--
-- The limit is the subscription's own, or else the rule's; zero means none.
--
-- grain:      one row per rule, subscription and month
-- reads:      telecom_usage_alert_rule, telecom_rated_usage, contract_contract
-- writes:     telecom_usage_alert
-- params:     company_id, month_date, start_at and end_at (UTC), user_id
-- idempotent: by the unique key: an alert is there once
with cost as (
    select
        rated.subscription_id,
        sum(rated.amount) as amount
    from telecom_rated_usage as rated
    where
        rated.company_id = %(company_id)s
        and rated.started_at >= %(start_at)s
        and rated.started_at < %(end_at)s
    group by rated.subscription_id
),

limited as (
    select
        rule.id as rule_id,
        rule.company_id,
        rule.percent,
        subscription.id as subscription_id,
        subscription.telecom_billing_account_id as billing_account_id,
        cost.amount,
        coalesce(
            nullif(subscription.telecom_cost_limit, 0), rule.cost_limit, 0
        )::numeric as cost_limit
    from telecom_usage_alert_rule as rule
    cross join cost
    inner join contract_contract as subscription
        on cost.subscription_id = subscription.id
    where
        rule.company_id = %(company_id)s
        and rule.active
        and rule.kind = 'cost'
),

met as (
    select
        limited.rule_id,
        limited.company_id,
        limited.subscription_id,
        limited.billing_account_id,
        limited.amount,
        limited.cost_limit,
        limited.percent = max(limited.percent) over (
            partition by limited.subscription_id
        ) as is_highest
    from limited
    where
        limited.cost_limit > 0
        and limited.amount >= limited.cost_limit * limited.percent::numeric / 100
)

insert into telecom_usage_alert (
    rule_id,
    company_id,
    subscription_id,
    billing_account_id,
    month_date,
    used,
    limit_value,
    state,
    create_uid,
    create_date,
    write_uid,
    write_date
)
select
    met.rule_id,
    met.company_id,
    met.subscription_id,
    met.billing_account_id,
    %(month_date)s,
    met.amount as used,
    met.cost_limit as limit_value,
    case when met.is_highest then 'new' else 'superseded' end as state,
    %(user_id)s as create_uid,
    now() at time zone 'UTC' as create_date,
    %(user_id)s as write_uid,
    now() at time zone 'UTC' as write_date
from met
on conflict do nothing;

-- Alerts: find the allowances of which a rule's share is used.
--
-- Of several rules that one allowance meets at the same time, the highest tells; the
-- others are kept as superseded, so that nobody gets two messages at once.
--
-- grain:      one row per rule, subscription or account, allowance and month
-- reads:      telecom_usage_alert_rule, telecom_allowance_balance, telecom_allowance,
--             contract_contract
-- writes:     telecom_usage_alert
-- params:     company_id, month_date, user_id
-- idempotent: by the unique key: an alert is there once
with balance as (
    select
        owned.subscription_id,
        owned.billing_account_id,
        owned.allowance_id,
        sum(owned.granted) as granted,
        sum(owned.used) as used
    from telecom_allowance_balance as owned
    where
        owned.company_id = %(company_id)s
        and (owned.month_date = %(month_date)s or owned.month_date is null)
        and owned.is_unlimited is not true
    group by
        owned.subscription_id, owned.billing_account_id, owned.allowance_id
),

met as (
    select
        rule.id as rule_id,
        rule.company_id,
        balance.subscription_id,
        coalesce(
            balance.billing_account_id, subscription.telecom_billing_account_id
        ) as billing_account_id,
        balance.allowance_id,
        balance.used,
        balance.granted,
        rule.percent = max(rule.percent) over (
            partition by
                balance.subscription_id,
                balance.billing_account_id,
                balance.allowance_id
        ) as is_highest
    from telecom_usage_alert_rule as rule
    inner join balance
        on
            balance.granted > 0
            and balance.used >= balance.granted * rule.percent::numeric / 100
    inner join telecom_allowance as allowance on balance.allowance_id = allowance.id
    left join contract_contract as subscription
        on balance.subscription_id = subscription.id
    where
        rule.company_id = %(company_id)s
        and rule.active
        and rule.kind = 'allowance'
        and (
            rule.usage_type_id is null
            or rule.usage_type_id = allowance.usage_type_id
        )
)

insert into telecom_usage_alert (
    rule_id,
    company_id,
    subscription_id,
    billing_account_id,
    allowance_id,
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
    met.allowance_id,
    %(month_date)s,
    met.used,
    met.granted as limit_value,
    case when met.is_highest then 'new' else 'superseded' end as state,
    %(user_id)s as create_uid,
    now() at time zone 'UTC' as create_date,
    %(user_id)s as write_uid,
    now() at time zone 'UTC' as write_date
from met
on conflict do nothing;

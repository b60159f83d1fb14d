-- Tell how much of each allowance the subscriptions of bills used.
--
-- grain:      one row per bill run, billing account, subscription and allowance
-- reads:      telecom_allowance_usage, telecom_allowance_balance, telecom_bill_run,
--             telecom_bill_run_line, product_product, telecom_allowance,
--             telecom_usage_type
-- writes:     nothing
-- params:     run_ids, account_ids (billing accounts)
--
-- An allowance counts the month it is of: usage that came late belongs to another one.
-- What an offering includes shows even when nothing of it was used.
with origin_used as (
    select
        drawn.bill_run_id,
        drawn.billing_account_id,
        drawn.subscription_id,
        drawn.allowance_id,
        drawn.origin_date,
        coalesce(
            max(drawn.used_before + drawn.quantity),
            sum(drawn.quantity)
        ) as used
    from telecom_allowance_usage as drawn
    where
        drawn.bill_run_id = any(%(run_ids)s)
        and drawn.billing_account_id = any(%(account_ids)s)
        and drawn.kind = 'quantity'
        and drawn.grant_id is null
        and not drawn.is_late
    group by
        drawn.bill_run_id,
        drawn.billing_account_id,
        drawn.subscription_id,
        drawn.allowance_id,
        drawn.origin_date
),

allowances_used as (
    select
        origin_used.bill_run_id,
        origin_used.billing_account_id,
        origin_used.subscription_id,
        origin_used.allowance_id,
        sum(origin_used.used) as used
    from origin_used
    group by
        origin_used.bill_run_id,
        origin_used.billing_account_id,
        origin_used.subscription_id,
        origin_used.allowance_id
),

allowances_included as (
    select distinct
        fee.run_id as bill_run_id,
        fee.billing_account_id,
        fee.subscription_id,
        allowance.id as allowance_id
    from telecom_bill_run_line as fee
    inner join product_product as product on fee.product_id = product.id
    inner join telecom_allowance as allowance
        on product.product_tmpl_id = allowance.product_tmpl_id
    where
        fee.run_id = any(%(run_ids)s)
        and fee.billing_account_id = any(%(account_ids)s)
        and fee.kind = 'fee'
        and fee.subscription_id is not null
        and allowance.active
        and allowance.kind = 'quantity'
        and allowance.is_one_shot is not true
        and allowance.direction = 'outgoing'
),

allowances_shown as (
    select
        shown.bill_run_id,
        shown.billing_account_id,
        shown.subscription_id,
        shown.allowance_id,
        sum(shown.used) as used
    from (
        select
            allowances_used.bill_run_id,
            allowances_used.billing_account_id,
            allowances_used.subscription_id,
            allowances_used.allowance_id,
            allowances_used.used
        from allowances_used
        union all
        select
            allowances_included.bill_run_id,
            allowances_included.billing_account_id,
            allowances_included.subscription_id,
            allowances_included.allowance_id,
            0 as used
        from allowances_included
    ) as shown
    group by
        shown.bill_run_id,
        shown.billing_account_id,
        shown.subscription_id,
        shown.allowance_id
),

-- What the month gives: pro rata, and with what was rolled over.
month_given as (
    select
        shown.bill_run_id,
        shown.subscription_id,
        shown.allowance_id,
        sum(balance.granted) as granted
    from allowances_shown as shown
    inner join telecom_bill_run as run on shown.bill_run_id = run.id
    inner join telecom_allowance_balance as balance
        on
            shown.allowance_id = balance.allowance_id
            and balance.owner_key
            in (shown.subscription_id, -shown.billing_account_id)
            and balance.month_date = date_trunc('month', run.period_start)
    group by shown.bill_run_id, shown.subscription_id, shown.allowance_id
)

select
    shown.bill_run_id,
    shown.billing_account_id,
    shown.subscription_id,
    shown.allowance_id,
    usage_type.id as usage_type_id,
    usage_type.unit,
    shown.used::text as used,
    (
        case
            when allowance.is_unlimited is not true
                then coalesce(month_given.granted, allowance.quantity)
        end
    )::text as quantity
from allowances_shown as shown
inner join telecom_allowance as allowance on shown.allowance_id = allowance.id
inner join telecom_usage_type as usage_type on allowance.usage_type_id = usage_type.id
left join month_given
    on
        shown.bill_run_id = month_given.bill_run_id
        and shown.subscription_id = month_given.subscription_id
        and shown.allowance_id = month_given.allowance_id
order by
    shown.billing_account_id,
    shown.subscription_id,
    allowance.sequence,
    allowance.id

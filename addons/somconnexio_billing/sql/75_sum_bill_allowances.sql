-- Tell how much of each allowance the subscriptions of bills used.
--
-- grain:      one row per bill run, billing account, subscription and allowance
-- reads:      telecom_rated_usage, telecom_bill_run_line, product_product,
--             telecom_allowance, telecom_usage_type
-- writes:     nothing
-- params:     run_ids, account_ids (billing accounts)
--
-- An allowance counts the month it is of: usage that came late belongs to another one.
-- What an offering includes shows even when nothing of it was used.
with allowances_used as (
    select
        rated.bill_run_id,
        rated.billing_account_id,
        rated.subscription_id,
        rated.allowance_id,
        coalesce(
            max(rated.allowance_used_before + rated.allowance_quantity),
            sum(rated.allowance_quantity)
        ) as used
    from telecom_rated_usage as rated
    where
        rated.bill_run_id = any(%(run_ids)s)
        and rated.billing_account_id = any(%(account_ids)s)
        and rated.allowance_id is not null
        and not rated.is_late
    group by
        rated.bill_run_id,
        rated.billing_account_id,
        rated.subscription_id,
        rated.allowance_id
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
)

select
    shown.bill_run_id,
    shown.billing_account_id,
    shown.subscription_id,
    shown.allowance_id,
    usage_type.id as usage_type_id,
    usage_type.unit,
    shown.used::text as used,
    (case when allowance.is_unlimited is not true then allowance.quantity end)::text
        as quantity
from allowances_shown as shown
inner join telecom_allowance as allowance on shown.allowance_id = allowance.id
inner join telecom_usage_type as usage_type on allowance.usage_type_id = usage_type.id
order by
    shown.billing_account_id,
    shown.subscription_id,
    allowance.sequence,
    allowance.id

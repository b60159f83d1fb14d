-- Step 54: what is missing to the minimum usage of a tariff.
-- Grain:      one row per subscription x tariff with a minimum that its usage of the
--             month does not reach
-- Reads:      telecom_bill_run_account (open ones), contract_contract, contract_line,
--             product_product, product_template, telecom_tariff,
--             telecom_lifecycle_reason, telecom_rated_usage, telecom_bill_run_line
-- Writes:     telecom_bill_run_line
-- Params:     run_id, company_id, period_start, period_end, period_start_at,
--             period_end_at, digits
-- Idempotent: 51 deletes first; a unique index refuses a month twice.
-- Rule:       only a bill of one whole civil month has it. The minimum counts pro rata
--             by the days on which the tariff was in force, as the tariff says.
with

open_account as (
    select
        account.id,
        account.billing_account_id,
        account.company_id
    from telecom_bill_run_account as account
    where
        account.run_id = %(run_id)s
        and account.move_id is null
        and %(period_start)s::date = date_trunc('month', %(period_start)s::date)
        and %(period_end)s::date = %(period_start)s::date + interval '1 month'
),

tariff_line as (
    select
        line.id,
        line.contract_id as subscription_id,
        tariff.id as tariff_id,
        least(coalesce(line.date_end + 1, %(period_end)s::date), %(period_end)s::date)
        - greatest(line.date_start, %(period_start)s::date) as day_count,
        account.id as run_account_id,
        account.billing_account_id,
        account.company_id,
        subscription.main_resource_name,
        reason.is_withdrawal,
        payer.lang
    from open_account as account
    inner join telecom_billing_account as payer
        on account.billing_account_id = payer.id
    inner join contract_contract as subscription
        on account.billing_account_id = subscription.telecom_billing_account_id
    inner join contract_line as line
        on subscription.id = line.contract_id
    inner join product_product as product
        on line.product_id = product.id
    inner join product_template as template
        on product.product_tmpl_id = template.id
    inner join telecom_tariff as tariff
        on template.telecom_tariff_id = tariff.id
    left join telecom_lifecycle_reason as reason
        on subscription.termination_reason_id = reason.id
    where
        tariff.minimum_spend > 0
        and line.telecom_line_kind = 'tariff'
        and line.is_canceled is not true
        and subscription.telecom_state <> 'pending'
        and line.date_start < %(period_end)s
        and (line.date_end is null or line.date_end >= %(period_start)s)
),

tariff_month as (
    select
        line.subscription_id,
        line.tariff_id,
        line.run_account_id,
        line.billing_account_id,
        line.company_id,
        line.main_resource_name,
        line.is_withdrawal,
        line.lang,
        min(line.id) as contract_line_id,
        sum(line.day_count) as day_count,
        %(period_end)s::date - %(period_start)s::date as month_days
    from tariff_line as line
    group by
        line.subscription_id,
        line.tariff_id,
        line.run_account_id,
        line.billing_account_id,
        line.company_id,
        line.main_resource_name,
        line.is_withdrawal,
        line.lang
),

-- Materialized: of tables not analysed yet the planner expects one row, and would sum
-- the usage again for each.
spent as materialized (
    select
        usage.subscription_id,
        usage.tariff_id,
        sum(usage.amount) as amount
    from telecom_rated_usage as usage
    inner join tariff_month
        on
            usage.subscription_id = tariff_month.subscription_id
            and usage.tariff_id = tariff_month.tariff_id
    where
        usage.started_at >= %(period_start_at)s
        and usage.started_at < %(period_end_at)s
        and usage.bill_run_id is not null
    group by usage.subscription_id, usage.tariff_id
),

missing as (
    select
        month.*,
        tariff.minimum_spend_product_id as product_id,
        coalesce(
            template.name ->> month.lang, template.name ->> 'en_US'
        ) as product_name,
        round(
            telecom_prorate(
                tariff.minimum_spend::numeric,
                month.day_count,
                month.month_days,
                telecom_fee_convention(tariff.proration_method, month.is_withdrawal)
            ),
            %(digits)s::integer
        ) - round(coalesce(spent.amount, 0), %(digits)s::integer) as amount
    from tariff_month as month
    inner join telecom_tariff as tariff
        on month.tariff_id = tariff.id
    inner join product_product as product
        on tariff.minimum_spend_product_id = product.id
    inner join product_template as template
        on product.product_tmpl_id = template.id
    left join spent
        on
            month.subscription_id = spent.subscription_id
            and month.tariff_id = spent.tariff_id
    where
        not exists (
            select from telecom_bill_run_line as billed
            where
                billed.contract_line_id = month.contract_line_id
                and billed.kind = 'minimum'
                and billed.is_void is not true
                and billed.period_from = %(period_start)s
        )
)

insert into telecom_bill_run_line (
    run_id,
    run_account_id,
    company_id,
    billing_account_id,
    subscription_id,
    kind,
    sequence,
    name,
    product_id,
    contract_line_id,
    period_from,
    period_to,
    quantity,
    price_unit,
    amount_untaxed
)
select
    %(run_id)s,
    missing.run_account_id,
    missing.company_id,
    missing.billing_account_id,
    missing.subscription_id,
    'minimum',
    79,
    missing.product_name || coalesce(' · ' || missing.main_resource_name, ''),
    missing.product_id,
    missing.contract_line_id,
    %(period_start)s,
    %(period_end)s,
    1,
    missing.amount as unit_price,
    missing.amount
from missing
where missing.amount > 0
order by missing.run_account_id, missing.subscription_id, missing.tariff_id

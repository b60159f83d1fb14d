-- List what subscriptions miss to the minimum spend of their tariff.
--
-- grain:      one row per subscription, tariff line's offering and civil month in which
--             less than the minimum is charged
-- reads:      contract_line, contract_contract, product_product, product_template,
--             telecom_tariff, telecom_rated_usage
-- writes:     nothing
-- params:     company_id, timezone, first_month, last_month, currency_digits
-- idempotent: reads only
with month as (
    select
        months.month_start::date as month_date,
        (months.month_start + interval '1 month')::date as month_end
    from generate_series(
            %(first_month)s::date, %(last_month)s::date, interval '1 month'
        ) as months (month_start)
),

line_month as (
    select
        line.contract_id as subscription_id,
        line.product_id,
        month.month_date,
        month.month_end,
        tariff.id as tariff_id,
        tariff.minimum_spend,
        tariff.proration_method,
        sum(
            least(coalesce(line.date_end + 1, 'infinity'::date), month.month_end)
            - greatest(line.date_start, month.month_date)
        ) as day_count
    from contract_line as line
    inner join month
        on
            line.date_start < month.month_end
            and coalesce(line.date_end, 'infinity') >= month.month_date
    inner join product_product as product on line.product_id = product.id
    inner join product_template as offering on product.product_tmpl_id = offering.id
    inner join telecom_tariff as tariff on offering.telecom_tariff_id = tariff.id
    where
        tariff.company_id = %(company_id)s
        and tariff.minimum_spend > 0
        and line.telecom_line_kind = 'tariff'
    group by
        line.contract_id,
        line.product_id,
        month.month_date,
        month.month_end,
        tariff.id,
        tariff.minimum_spend,
        tariff.proration_method
),

line_minimum as (
    select
        line_month.subscription_id,
        line_month.product_id,
        line_month.tariff_id,
        line_month.month_date,
        line_month.month_end,
        round(
            telecom_prorate(
                line_month.minimum_spend,
                line_month.day_count,
                line_month.month_end - line_month.month_date,
                line_month.proration_method
            ),
            %(currency_digits)s
        ) as minimum_amount
    from line_month
),

charged as (
    select
        line_minimum.subscription_id,
        line_minimum.product_id,
        line_minimum.month_date,
        line_minimum.minimum_amount,
        coalesce(sum(rated.amount), 0) as amount
    from line_minimum
    left join telecom_rated_usage as rated
        on
            line_minimum.subscription_id = rated.subscription_id
            and line_minimum.tariff_id = rated.tariff_id
            and rated.started_at
            >= line_minimum.month_date::timestamp
            at time zone %(timezone)s at time zone 'UTC'
            and rated.started_at
            < line_minimum.month_end::timestamp
            at time zone %(timezone)s at time zone 'UTC'
    group by
        line_minimum.subscription_id,
        line_minimum.product_id,
        line_minimum.month_date,
        line_minimum.minimum_amount
)

select
    subscription.code as subscription_code,
    subscription.telecom_billing_account_id as billing_account_id,
    charged.product_id,
    charged.month_date,
    (charged.minimum_amount - charged.amount)::text as amount
from charged
inner join contract_contract as subscription
    on charged.subscription_id = subscription.id
where
    charged.minimum_amount > charged.amount
    and subscription.id <> %(holder_id)s
order by
    subscription.code collate "C", charged.month_date asc, charged.product_id asc

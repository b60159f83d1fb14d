-- Sum the rated usage of some months of a company.
--
-- grain:      one row per month, subscription, offering, tariff, usage type,
--             direction, destination, roaming zone, category and lateness
-- reads:      telecom_rated_usage
-- writes:     telecom_usage_summary
-- params:     company_id, months (first days), time_zone, start_at, end_at (UTC, of
--             the first and after the last month: they leave out whole partitions)
-- idempotent: step 86 comes before it
--
-- A margin is of the events whose cost is known: the others add nothing to it.
insert into telecom_usage_summary (
    company_id,
    month,
    subscription_id,
    billing_account_id,
    product_id,
    tariff_id,
    usage_type_id,
    direction,
    destination_id,
    zone_id,
    category_id,
    is_late,
    event_count,
    quantity,
    allowance_quantity,
    charged_quantity,
    amount,
    wholesale_cost,
    margin
)
select
    rated.company_id,
    date_trunc(
        'month', rated.started_at at time zone 'UTC' at time zone %(time_zone)s
    )::date as month,
    rated.subscription_id,
    rated.billing_account_id,
    rated.product_id,
    rated.tariff_id,
    rated.usage_type_id,
    rated.direction,
    rated.destination_id,
    rated.zone_id,
    rated.category_id,
    rated.is_late,
    count(*) as event_count,
    sum(rated.quantity) as quantity,
    sum(rated.allowance_quantity) as allowance_quantity,
    sum(rated.charged_quantity) as charged_quantity,
    sum(rated.amount) as amount,
    sum(rated.wholesale_cost) as wholesale_cost,
    sum(rated.amount - rated.wholesale_cost) as margin
from telecom_rated_usage as rated
where
    rated.company_id = %(company_id)s
    and rated.started_at >= %(start_at)s
    and rated.started_at < %(end_at)s
    and date_trunc(
        'month', rated.started_at at time zone 'UTC' at time zone %(time_zone)s
    )::date = any(%(months)s)
group by
    rated.company_id,
    date_trunc(
        'month', rated.started_at at time zone 'UTC' at time zone %(time_zone)s
    ),
    rated.subscription_id,
    rated.billing_account_id,
    rated.product_id,
    rated.tariff_id,
    rated.usage_type_id,
    rated.direction,
    rated.destination_id,
    rated.zone_id,
    rated.category_id,
    rated.is_late

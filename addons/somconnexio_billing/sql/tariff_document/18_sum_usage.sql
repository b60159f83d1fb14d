-- Sum the usage of a file by subscription, plan and civil month.
--
-- grain:      one row per subscription, offering (none: what has no price), month
-- reads:      rate_usage_input, telecom_usage_event, telecom_rated_usage
-- writes:     nothing
-- params:     timezone
-- idempotent: reads only
with usage_dated as (
    select
        input.subscription_code,
        rated.product_id,
        rated.billing_account_id,
        date_trunc(
            'month', input.started_at at time zone 'UTC' at time zone %(timezone)s
        )::date as month_date,
        event.reason,
        rated.amount,
        rated.wholesale_cost,
        rated.margin
    from rate_usage_input as input
    inner join telecom_usage_event as event
        on
            input.event_id = event.id
            and input.started_at = event.started_at
    left join telecom_rated_usage as rated
        on
            input.event_id = rated.event_id
            and input.started_at = rated.started_at
)

select
    usage_dated.subscription_code,
    usage_dated.product_id,
    usage_dated.month_date,
    max(usage_dated.billing_account_id) as billing_account_id,
    count(*) as event_count,
    count(usage_dated.reason) as suspended_count,
    sum(usage_dated.amount)::text as amount,
    sum(usage_dated.wholesale_cost)::text as wholesale_cost,
    sum(usage_dated.margin)::text as margin
from usage_dated
group by
    usage_dated.subscription_code,
    usage_dated.product_id,
    usage_dated.month_date
order by
    usage_dated.subscription_code collate "C",
    usage_dated.month_date,
    usage_dated.product_id

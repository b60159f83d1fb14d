-- Step 39a: list the months of which allowances are needed, by subscription.
--
-- Active is the month of the period, for everybody, and any other month of which there
-- is usage to rate, for all subscriptions of its billing account: they may share. What
-- rolls over needs the months around as well.
--
-- grain:      one row per subscription with a tariff and month
-- reads:      rating_classified, rating_tariff, telecom_allowance
-- writes:     rating_active_month (temporary); instants in UTC, half-open
-- params:     period_start and period_end (civil dates), timezone
-- idempotent: reads only
create temporary table rating_active_month on commit drop as
with subscription as (
    select distinct
        tariff.subscription_id,
        tariff.billing_account_id,
        coalesce(-tariff.billing_account_id, tariff.subscription_id) as payer_key
    from rating_tariff as tariff
),

usage_month as (
    select distinct
        coalesce(-event.billing_account_id, event.subscription_id) as payer_key,
        event.month_date
    from rating_classified as event
    where
        event.reason is null
        and (
            event.month_date < date_trunc('month', %(period_start)s::date)
            or event.month_date >= %(period_end)s::date
        )
),

active as (
    select
        subscription.subscription_id,
        subscription.billing_account_id,
        usage_month.month_date
    from usage_month
    inner join subscription on usage_month.payer_key = subscription.payer_key
    union distinct
    select
        subscription.subscription_id,
        subscription.billing_account_id,
        period_month.month_at::date as month_date
    from subscription
    cross join generate_series(
        date_trunc('month', %(period_start)s::date),
        %(period_end)s::date - interval '1 day',
        interval '1 month'
    ) as period_month (month_at)
),

reach as (
    select coalesce(max(allowance.rollover_months), 0) as months
    from telecom_allowance as allowance
    where allowance.active
),

shifted as (
    select
        active.subscription_id,
        active.billing_account_id,
        shift.months,
        (active.month_date + make_interval(months => shift.months))::date
            as month_date
    from active
    cross join reach
    cross join
        lateral
        generate_series(-reach.months, reach.months) as shift (months)
),

reached as (
    select
        shifted.subscription_id,
        shifted.billing_account_id,
        shifted.month_date,
        bool_or(shifted.months = 0) as is_active
    from shifted
    group by
        shifted.subscription_id, shifted.billing_account_id, shifted.month_date
)

select
    reached.subscription_id,
    reached.billing_account_id,
    reached.month_date,
    reached.is_active,
    reached.month_date::timestamp at time zone %(timezone)s at time zone 'UTC'
        as start_at,
    (reached.month_date + interval '1 month')
    at time zone %(timezone)s at time zone 'UTC' as end_at
from reached;

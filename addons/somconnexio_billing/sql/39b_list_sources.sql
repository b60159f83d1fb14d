-- Step 39b: list what usage can draw on, in the order in which it does.
--
-- A source is what an allowance gives in one month (its origin) for use in that month
-- or, rolled over, in a later one; or a one-shot allowance, in one of its months. It
-- expires at the end of the last month into which it rolls. The order is one for all:
-- priority, expiry, sequence, allowance, origin.
--
-- grain:      one row per allowance, month and month of origin, and per one-shot and
--             month
-- reads:      rating_active_month, rating_tariff, rating_grant, telecom_allowance
-- writes:     rating_source (temporary)
-- params:     timezone
-- idempotent: reads only
create temporary table rating_source on commit drop as
with month as (
    select
        active.month_date,
        bool_or(active.is_active) as is_active
    from rating_active_month as active
    group by active.month_date
),

offering as (
    select distinct tariff.product_tmpl_id
    from rating_tariff as tariff
),

source as (
    select
        allowance.id as allowance_id,
        month.month_date,
        (month.month_date - make_interval(months => age.months))::date as origin_date,
        null::integer as grant_id,
        null::integer as subscription_id,
        null::timestamp as valid_from_at,
        (
            month.month_date
            + make_interval(
                months => 1 + coalesce(allowance.rollover_months, 0) - age.months
            )
        ) at time zone %(timezone)s at time zone 'UTC' as expires_at
    from telecom_allowance as allowance
    inner join offering on allowance.product_tmpl_id = offering.product_tmpl_id
    cross join month
    cross join
        lateral
        generate_series(0, coalesce(allowance.rollover_months, 0)) as age (months)
    where
        allowance.active
        and allowance.is_one_shot is not true
        and (month.is_active or allowance.rollover_months > 0)
    union all
    select
        bond.allowance_id,
        active.month_date,
        null as origin_date,
        bond.grant_id,
        bond.subscription_id,
        bond.valid_from_at,
        bond.expires_at
    from rating_grant as bond
    inner join rating_active_month as active
        on
            bond.subscription_id = active.subscription_id
            and bond.valid_from_at < active.end_at
            and bond.expires_at > active.start_at
)

select
    row_number() over (
        order by
            allowance.priority asc,
            source.expires_at asc,
            allowance.sequence asc,
            allowance.id asc,
            source.origin_date asc,
            source.grant_id asc,
            source.month_date asc
    )::integer as source_id,
    source.allowance_id,
    allowance.product_tmpl_id,
    allowance.kind = 'money' as is_money,
    source.grant_id is null and allowance.sharing <> 'subscription' as is_shared,
    source.month_date,
    source.origin_date,
    source.grant_id,
    source.subscription_id,
    source.valid_from_at,
    source.expires_at
from source
inner join telecom_allowance as allowance on source.allowance_id = allowance.id;

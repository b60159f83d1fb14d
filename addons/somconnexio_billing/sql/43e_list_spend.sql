-- Step 43e: place the amounts of tariffs with a maximum spend in their month.
--
-- Closed amounts count first, then each event in turn, by start and event key.
--
-- grain:      one row per event that costs something by a tariff with a maximum
-- reads:      rating_priced, rating_event, rating_situation, rating_open_usage,
--             telecom_tariff, telecom_rated_usage
-- writes:     rating_spend (temporary)
-- params:     timezone
-- idempotent: reads only
create temporary table rating_spend on commit drop as
with spent as (
    select
        priced.event_id,
        event.event_key,
        priced.started_at,
        event.month_date,
        priced.subscription_id,
        tariff.id as tariff_id,
        tariff.maximum_spend,
        priced.amount
    from telecom_tariff as tariff
    inner join rating_situation as situation on tariff.id = situation.tariff_id
    inner join rating_priced as priced
        on situation.situation_id = priced.situation_id
    inner join rating_event as event on priced.event_id = event.event_id
    where
        tariff.maximum_spend > 0
        and priced.amount > 0
),

spent_month as (
    select distinct
        spent.subscription_id,
        spent.tariff_id,
        spent.month_date,
        spent.month_date::timestamp at time zone %(timezone)s at time zone 'UTC'
            as start_at,
        (spent.month_date + interval '1 month')
        at time zone %(timezone)s at time zone 'UTC' as end_at
    from spent
),

closed as (
    select
        spent_month.subscription_id,
        spent_month.tariff_id,
        spent_month.month_date,
        sum(rated.amount) as amount
    from spent_month
    inner join telecom_rated_usage as rated
        on
            spent_month.subscription_id = rated.subscription_id
            and spent_month.tariff_id = rated.tariff_id
            and rated.started_at >= spent_month.start_at
            and rated.started_at < spent_month.end_at
    where
        not exists (
            select
            from rating_open_usage as open_usage
            where open_usage.event_id = rated.event_id
        )
    group by
        spent_month.subscription_id, spent_month.tariff_id, spent_month.month_date
)

select
    spent.event_id,
    spent.amount,
    spent.maximum_spend,
    least(
        coalesce(closed.amount, 0)
        + sum(spent.amount) over (
            partition by spent.subscription_id, spent.tariff_id, spent.month_date
            order by spent.started_at, spent.event_key
            rows between unbounded preceding and current row
        ) - spent.amount,
        greatest(spent.maximum_spend, coalesce(closed.amount, 0))
    ) as spent_before
from spent
left join closed
    on
        spent.subscription_id = closed.subscription_id
        and spent.tariff_id = closed.tariff_id
        and spent.month_date = closed.month_date;

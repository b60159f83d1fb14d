-- Step 41: sum what usage outside this rating has taken of the allowances in play.
--
-- Usage that is on a bill, or in another run, keeps its part of the month's allowance:
-- what comes late finds only the rest.
--
-- grain:      one row per subscription, allowance and civil month
-- reads:      rating_counted, telecom_rated_usage, rating_open_usage
-- writes:     rating_billed_allowance (temporary)
-- params:     timezone
-- idempotent: reads only
create temporary table rating_billed_allowance on commit drop as
with allowance_month as (
    select
        event.subscription_id,
        event.allowance_id,
        event.month_date,
        event.month_date::timestamp at time zone %(timezone)s at time zone 'UTC'
            as start_at,
        (event.month_date + interval '1 month')
        at time zone %(timezone)s at time zone 'UTC' as end_at
    from rating_counted as event
    where event.allowance_id is not null
    group by event.subscription_id, event.allowance_id, event.month_date
)

select
    allowance_month.subscription_id,
    allowance_month.allowance_id,
    allowance_month.month_date,
    sum(rated.allowance_quantity) as used_quantity
from allowance_month
inner join telecom_rated_usage as rated
    on
        allowance_month.subscription_id = rated.subscription_id
        and allowance_month.allowance_id = rated.allowance_id
        and rated.started_at >= allowance_month.start_at
        and rated.started_at < allowance_month.end_at
where
    not exists (
        select
        from rating_open_usage as open_usage
        where open_usage.event_id = rated.event_id
    )
group by
    allowance_month.subscription_id,
    allowance_month.allowance_id,
    allowance_month.month_date;

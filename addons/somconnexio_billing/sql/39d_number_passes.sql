-- Step 39d: number the passes in which the sources are drawn on.
--
-- What is left of a source for an event depends on the sources that come before it in
-- some list, and on nothing else. So all sources that have none before them can be
-- drawn on at once, by all events in turn; then those that have only these before
-- them; and so on. What rolls over, or lasts for months, also waits for the months
-- before: all of it goes forward in time, so that no source waits for itself.
--
-- grain:      one row per source
-- reads:      rating_source, rating_fit
-- writes:     rating_pass (temporary); pass_number from 1
-- idempotent: reads only
create temporary table rating_pass on commit drop as
with recursive follower as (
    select distinct
        fit.source_id,
        lead(fit.source_id) over (
            partition by fit.situation_id, fit.is_money order by fit.source_id
        ) as next_id
    from rating_fit as fit
    union distinct
    select
        source.source_id,
        rolled.source_id as next_id
    from rating_source as source
    inner join rating_source as rolled
        on
            source.allowance_id = rolled.allowance_id
            and rolled.month_date = source.month_date + interval '1 month'
            and rolled.origin_date < rolled.month_date
    union distinct
    select
        source.source_id,
        later.source_id as next_id
    from rating_source as source
    inner join rating_source as later
        on
            source.grant_id = later.grant_id
            and source.month_date < later.month_date
),

reached as (
    select
        source.source_id,
        1 as pass_number
    from rating_source as source
    union distinct
    select
        follower.next_id as source_id,
        reached.pass_number + 1 as pass_number
    from reached
    inner join follower on reached.source_id = follower.source_id
    where follower.next_id is not null
)

select
    reached.source_id,
    source.is_money,
    source.origin_date < source.month_date as is_rolled,
    max(reached.pass_number) as pass_number
from reached
inner join rating_source as source on reached.source_id = source.source_id
group by reached.source_id, source.is_money, source.origin_date, source.month_date;

-- Step 33c: list the instants at which the price of a call that goes on may change.
--
-- These are the beginnings of slots, midnights among them. Where clocks are put forward
-- or back, each half hour around it is listed too: more edges than needed cut nothing
-- that has one price.
--
-- grain:      one row, with all edges in order
-- reads:      rating_event, rating_time_slot
-- writes:     rating_time_edge (temporary); edges in UTC
-- params:     timezone
-- idempotent: reads only
create temporary table rating_time_edge on commit drop as
with day as (
    select calendar_day.day_at::date as day_date
    from (
        select
            min(event.started_date) as first_date,
            max(event.started_date) as last_date
        from rating_event as event
    ) as played
    cross join
        generate_series(
            played.first_date, played.last_date + 8, interval '1 day'
        ) as calendar_day (day_at)
),

minute as (
    select 0 as start_minute
    union distinct
    select slot.start_minute
    from rating_time_slot as slot
),

civil_edge as (
    select
        (day.day_date + make_interval(mins => minute.start_minute))
        at time zone %(timezone)s at time zone 'UTC' as edge_at
    from day
    cross join minute
    where minute.start_minute < 1440
),

day_length as (
    select
        day.day_date::timestamp at time zone %(timezone)s at time zone 'UTC'
            as start_at,
        (day.day_date + 1)::timestamp at time zone %(timezone)s at time zone 'UTC'
            as end_at
    from day
),

edge as (
    select civil_edge.edge_at
    from civil_edge
    union distinct
    select half_hour.edge_at
    from day_length
    cross join
        lateral generate_series(
            day_length.start_at, day_length.end_at, interval '30 minutes'
        ) as half_hour (edge_at)
    where day_length.end_at - day_length.start_at <> interval '24 hours'
    union distinct
    -- The hour that comes twice has its edges twice.
    select civil_edge.edge_at + repeated.shift
    from civil_edge
    inner join day_length
        on
            civil_edge.edge_at >= day_length.start_at
            and civil_edge.edge_at < day_length.end_at
    cross join (
        values (interval '1 hour'), (interval '-1 hour')
    ) as repeated (shift)
    where day_length.end_at - day_length.start_at <> interval '24 hours'
)

select array_agg(edge.edge_at order by edge.edge_at) as edges
from edge;

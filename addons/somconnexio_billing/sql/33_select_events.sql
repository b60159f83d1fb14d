-- Step 33: select the usage events to rate.
--
-- Every event of the company that has a subscription, began before the end of the
-- period and isn't on a bill: never rated, or rated and open. Events that an earlier
-- rating put in suspense are tried again. Civil dates are the company's. The head of
-- the other number is as much of it as any destination prefix can match. Slots cut the
-- day at every minute at which some time band in use begins or ends; without bands a
-- day is one slot.
--
-- grain:      one row per usage event
-- reads:      telecom_usage_event, telecom_rated_usage, rating_open_usage,
--             telecom_destination_prefix, rating_served_number,
--             rating_band_window, telecom_usage_file, telecom_usage_format,
--             telecom_tariff
-- writes:     rating_event (temporary)
-- params:     company_id, period_start and period_end (civil dates), timezone
-- idempotent: reads only
create temporary table rating_event on commit drop as
with period as (
    select
        %(period_end)s::date::timestamp at time zone %(timezone)s at time zone 'UTC'
            as end_at
),

longest as (
    select max(length(prefix.prefix)) as digits
    from telecom_destination_prefix as prefix
),

-- Minutes that begin a slot; none when there are no windows.
slot_edge as (
    select array_agg(distinct edge.minute order by edge.minute) as minutes
    from (
        select band_window.start_minute as minute
        from rating_band_window as band_window
        union all
        select band_window.end_minute as minute
        from rating_band_window as band_window
    ) as edge
),

wholesale_file as (
    select
        usage_file.id as file_id,
        tariff.id as tariff_id
    from telecom_usage_file as usage_file
    inner join telecom_usage_format as usage_format
        on usage_file.format_id = usage_format.id
    inner join telecom_tariff as tariff
        on usage_format.wholesale_tariff_id = tariff.id
    where
        tariff.company_id = %(company_id)s
        and tariff.purpose = 'wholesale'
),

event_dated as (
    select
        event.id as event_id,
        event.event_key,
        event.started_at,
        event.started_at at time zone 'UTC' at time zone %(timezone)s as started_civil,
        event.subscription_id,
        event.usage_type_id,
        event.direction,
        left(nullif(event.other_number, ''), (select longest.digits from longest))
            as number_head,
        event.visited_country,
        event.quantity,
        event.wholesale_cost,
        case
            when event.wholesale_cost is null then wholesale_file.tariff_id
        end as wholesale_tariff_id,
        served.number is not null as is_on_net
    from telecom_usage_event as event
    left join telecom_rated_usage as rated
        on
            event.id = rated.event_id
            and event.started_at = rated.started_at
    left join rating_open_usage as open_usage
        on rated.event_id = open_usage.event_id
    left join wholesale_file
        on event.file_id = wholesale_file.file_id
    left join rating_served_number as served
        on
            event.other_number = served.number
            and event.started_at >= served.start_at
            and event.started_at < served.end_at
    where
        event.company_id = %(company_id)s
        and event.subscription_id is not null
        and (
            event.state in ('guided', 'recycled')
            or event.reason in ('no_tariff', 'no_destination', 'no_rate')
        )
        and event.started_at < (select period.end_at from period)
        and (rated.event_id is null or open_usage.event_id is not null)
)

select
    event_dated.event_id,
    event_dated.event_key,
    event_dated.started_at,
    event_dated.started_civil::date as started_date,
    date_trunc('month', event_dated.started_civil)::date as month_date,
    event_dated.started_civil::date < %(period_start)s::date as is_late,
    case
        when (select slot_edge.minutes from slot_edge) is null then 0
        else
            width_bucket(
                (
                    extract(hour from event_dated.started_civil) * 60
                    + extract(minute from event_dated.started_civil)
                )::integer,
                (select slot_edge.minutes from slot_edge)
            )
    end as slot_number,
    event_dated.subscription_id,
    event_dated.usage_type_id,
    event_dated.direction,
    event_dated.number_head,
    event_dated.is_on_net,
    event_dated.visited_country,
    event_dated.quantity,
    event_dated.wholesale_cost,
    event_dated.wholesale_tariff_id
from event_dated;

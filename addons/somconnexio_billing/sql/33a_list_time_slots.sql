-- Step 33a: list the slots of the days in play, and the time bands that hold each.
--
-- Slots are civil, as in step 33. A holiday of a band's calendar has the band's holiday
-- windows and no others. Bands of the same instant stand in their order: sequence, id.
--
-- grain:      one row per civil day and slot; none without windows
-- reads:      rating_event, rating_band_window, telecom_holiday_calendar_date
-- writes:     rating_time_slot (temporary); band_ids may be empty
-- idempotent: reads only
create temporary table rating_time_slot on commit drop as
with slot_edge as (
    select array_agg(distinct edge.minute order by edge.minute) as minutes
    from (
        select band_window.start_minute as minute
        from rating_band_window as band_window
        union all
        select band_window.end_minute as minute
        from rating_band_window as band_window
    ) as edge
),

-- From slot 0 on: the minutes before the first edge.
slot as (
    select
        slot_number.slot_number,
        coalesce(slot_edge.minutes[slot_number.slot_number], 0) as start_minute
    from slot_edge
    cross join
        generate_series(0, cardinality(slot_edge.minutes)) as slot_number (slot_number)
),

-- A call may go on into days after its own.
day as (
    select calendar_day.day_at::date as slot_date
    from (
        select
            min(event.started_date) as first_date,
            max(event.started_date) as last_date
        from rating_event as event
    ) as played
    cross join
        generate_series(
            played.first_date, played.last_date + 7, interval '1 day'
        ) as calendar_day (day_at)
),

band as (
    select distinct
        band_window.band_id,
        band_window.sequence,
        band_window.calendar_id
    from rating_band_window as band_window
),

day_band as (
    select
        day.slot_date,
        band.band_id,
        band.sequence,
        case
            when holiday.id is null
                then extract(isodow from day.slot_date)::integer::varchar
            else 'holiday'
        end as day_kind
    from day
    cross join band
    left join telecom_holiday_calendar_date as holiday
        on
            band.calendar_id = holiday.calendar_id
            and day.slot_date = holiday.date
),

slot_band as (
    select distinct
        day_band.slot_date,
        slot.slot_number,
        day_band.band_id,
        day_band.sequence
    from day_band
    inner join rating_band_window as band_window
        on
            day_band.band_id = band_window.band_id
            and day_band.day_kind = band_window.day_kind
    inner join slot
        on
            band_window.start_minute <= slot.start_minute
            and band_window.end_minute > slot.start_minute
),

slot_bands as (
    select
        slot_band.slot_date,
        slot_band.slot_number,
        array_agg(
            slot_band.band_id order by slot_band.sequence asc, slot_band.band_id asc
        ) as band_ids
    from slot_band
    group by slot_band.slot_date, slot_band.slot_number
)

select
    day.slot_date,
    slot.slot_number,
    slot.start_minute,
    coalesce(slot_bands.band_ids, '{}') as band_ids,
    case
        when slot_bands.band_ids is null then 0
        else dense_rank() over (order by slot_bands.band_ids)
    end::integer as band_set_id
from day
cross join slot
left join slot_bands
    on
        day.slot_date = slot_bands.slot_date
        and slot.slot_number = slot_bands.slot_number;

-- Step 36a: cut the calls that a tariff splits where their price may change.
--
-- Only calls that go on beyond an edge (step 33c) are cut. A segment's place, network,
-- destination and tariff stay those of the start; its day and time bands, in the key
-- of its rate, are those of its own beginning. What it may draw on is found by the day
-- of the start and the bands of its own beginning.
--
-- grain:      one row per segment of a call that crosses an edge
-- reads:      rating_classified, rating_time_edge, rating_time_slot, telecom_tariff,
--             telecom_tariff_rate, telecom_usage_type
-- writes:     rating_segment (temporary); offsets in seconds from the start, half-open
-- params:     timezone
-- idempotent: reads only
create temporary table rating_segment on commit drop as
with tariff_split as (
    select
        tariff.id as tariff_id,
        coalesce(max(rate.minimum_quantity), 0)::numeric as minimum_quantity
    from telecom_tariff as tariff
    inner join telecom_tariff_rate as rate on tariff.id = rate.tariff_id
    where tariff.band_rule = 'split'
    group by tariff.id
),

call as (
    select
        event.event_id,
        event.started_at,
        event.situation_key,
        greatest(event.quantity, tariff_split.minimum_quantity) as quantity
    from rating_classified as event
    inner join tariff_split
        on event.situation_key[2] = tariff_split.tariff_id
    inner join telecom_usage_type as usage_type
        on event.situation_key[3] = usage_type.id
    where
        event.reason is null
        and event.quantity > 0
        and usage_type.unit = 'second'
),

call_edges as (
    select
        call.event_id,
        call.started_at,
        call.situation_key,
        call.quantity,
        edge.edges[
            width_bucket(call.started_at, edge.edges) + 1
            :width_bucket(
                call.started_at
                + make_interval(secs => call.quantity::double precision)
                - interval '1 microsecond',
                edge.edges
            )
        ] as edges
    from call
    cross join rating_time_edge as edge
),

segment as (
    select
        call.event_id,
        call.situation_key,
        call.quantity,
        part.edge_number,
        part.edge_at,
        extract(epoch from part.edge_at - call.started_at)::numeric as from_offset,
        part.edge_at at time zone 'UTC' at time zone %(timezone)s as civil_at
    from call_edges as call
    cross join
        lateral unnest(array[call.started_at] || call.edges)
        with ordinality as part (edge_at, edge_number)
    where cardinality(call.edges) > 0
),

slot_edge as (
    select array_agg(distinct slot.start_minute order by slot.start_minute) as minutes
    from rating_time_slot as slot
    where slot.slot_number > 0
)

select
    segment.event_id,
    segment.edge_number::integer as segment_number,
    segment.edge_at as start_at,
    segment.from_offset,
    coalesce(
        lead(segment.from_offset) over (
            partition by segment.event_id order by segment.edge_number
        ),
        segment.quantity
    ) as to_offset,
    segment.situation_key[1:6]
    || (segment.civil_at::date - date '2000-01-01')
    || segment.situation_key[8:8]
    || coalesce(slot.band_set_id, 0)
    || segment.situation_key[10:11] as rate_key,
    segment.situation_key[1:8]
    || coalesce(slot.band_set_id, 0)
    || segment.situation_key[10:11] as draw_key
from segment
left join rating_time_slot as slot
    on
        segment.civil_at::date = slot.slot_date
        and slot.slot_number
        = width_bucket(
            (
                extract(hour from segment.civil_at) * 60
                + extract(minute from segment.civil_at)
            )::integer,
            (select slot_edge.minutes from slot_edge)
        );

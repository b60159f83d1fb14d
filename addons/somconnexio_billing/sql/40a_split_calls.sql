-- Step 40a: count the calls that are cut, increment by increment.
--
-- The first increment is the first rate's; each one after it is that of the rate in
-- force where it begins, though it may last beyond. In a segment as many begin as fit
-- before its end, or before the call's. Calls that have one rate all through are left
-- to step 40.
--
-- grain:      one row per part of a call: increments in a row of the same rate; one row
--             with a reason where a rate is missing
-- reads:      rating_segment, rating_classified, rating_situation, rating_rate
-- writes:     rating_part (temporary); part_number 0: the call has one part only
-- idempotent: reads only
create temporary table rating_part on commit drop as
with recursive segment as (
    select
        segment.event_id,
        segment.segment_number,
        segment.start_at,
        segment.from_offset,
        segment.to_offset,
        rate_situation.situation_id as rate_situation_id,
        draw_situation.situation_id as draw_situation_id,
        rate.rate_id,
        rate.first_increment,
        rate.next_increment,
        rate.minimum_quantity
    from rating_segment as segment
    inner join rating_situation as rate_situation
        on segment.rate_key = rate_situation.situation_key
    inner join rating_situation as draw_situation
        on segment.draw_key = draw_situation.situation_key
    left join rating_rate as rate
        on
            rate_situation.situation_id = rate.situation_id
            and not rate.is_wholesale
),

call_cut as (
    select segment.event_id
    from segment
    group by segment.event_id
    having count(distinct coalesce(segment.rate_id, 0)) > 1
),

call as (
    select
        event.event_id,
        greatest(event.quantity, first_segment.minimum_quantity) as quantity
    from call_cut
    inner join rating_classified as event on call_cut.event_id = event.event_id
    inner join segment as first_segment
        on
            call_cut.event_id = first_segment.event_id
            and first_segment.segment_number = 1
),

walked as (
    select
        call.event_id,
        0 as segment_number,
        call.quantity,
        0::numeric as counted_before,
        0::numeric as counted,
        null::varchar as reason
    from call
    union all
    select
        walked.event_id,
        segment.segment_number,
        walked.quantity,
        walked.counted_before + walked.counted as counted_before,
        case
            when begun.until_offset <= begun.from_offset then begun.first_increment
            else
                begun.first_increment + segment.next_increment * (
                    div(
                        begun.until_offset - begun.from_offset, segment.next_increment
                    )
                    + sign(
                        mod(
                            begun.until_offset - begun.from_offset,
                            segment.next_increment
                        )
                    )
                )
        end as counted,
        case
            when
                segment.rate_id is null
                and walked.counted_before + walked.counted
                < least(segment.to_offset, walked.quantity)
                then 'no_rate'
        end as reason
    from walked
    inner join segment
        on
            walked.event_id = segment.event_id
            and walked.segment_number + 1 = segment.segment_number
    cross join
        lateral (
            select
                case
                    when segment.segment_number = 1 then segment.first_increment else 0
                end
                    as first_increment,
                walked.counted_before + walked.counted
                + case
                    when segment.segment_number = 1 then segment.first_increment else 0
                end as from_offset,
                least(segment.to_offset, walked.quantity) as until_offset
        ) as begun
    where walked.reason is null
),

run_started as (
    select
        walked.event_id,
        walked.segment_number,
        walked.counted_before,
        walked.counted,
        segment.rate_situation_id,
        segment.draw_situation_id,
        coalesce(
            segment.rate_id <> lag(segment.rate_id) over (
                partition by walked.event_id order by walked.segment_number
            ),
            true
        ) as is_new_run
    from walked
    inner join segment
        on
            walked.event_id = segment.event_id
            and walked.segment_number = segment.segment_number
    where walked.counted > 0
),

run_numbered as (
    select
        run_started.event_id,
        run_started.segment_number,
        run_started.counted_before,
        run_started.counted,
        run_started.rate_situation_id,
        run_started.draw_situation_id,
        count(*) filter (where run_started.is_new_run) over (
            partition by run_started.event_id order by run_started.segment_number
        ) as part_number
    from run_started
),

part as (
    select
        run_numbered.event_id,
        run_numbered.part_number,
        min(run_numbered.counted_before) as from_offset,
        sum(run_numbered.counted) as quantity,
        (array_agg(
            run_numbered.rate_situation_id order by run_numbered.segment_number
        ))[1] as rate_situation_id,
        (array_agg(
            run_numbered.draw_situation_id order by run_numbered.segment_number
        ))[1] as draw_situation_id
    from run_numbered
    group by run_numbered.event_id, run_numbered.part_number
)

select
    part.event_id,
    case
        when count(*) over (partition by part.event_id) = 1 then 0
        else part.part_number
    end::smallint as part_number,
    part.from_offset,
    part.rate_situation_id,
    part.draw_situation_id,
    part.quantity,
    null::varchar as reason
from part
where
    not exists (
        select
        from walked
        where
            walked.event_id = part.event_id
            and walked.reason is not null
    )
union all
select
    walked.event_id,
    0 as part_number,
    0 as from_offset,
    null as rate_situation_id,
    null as draw_situation_id,
    null as quantity,
    walked.reason
from walked
where walked.reason is not null;

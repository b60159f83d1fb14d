-- Step 42g: sum up what later passes drew for each event.
--
-- grain:      one row per event (part) that later passes touched
-- reads:      rating_draw, rating_bucket
-- writes:     rating_later_draw (temporary); the last bucket's values for the columns
--             of a row that has room for one
-- idempotent: reads only
create temporary table rating_later_draw on commit drop as
with draw_last as (
    select distinct on (draw.event_id, draw.part_number)
        draw.event_id,
        draw.part_number,
        bucket.allowance_id,
        bucket.limit_quantity,
        draw.used_before
    from rating_draw as draw
    inner join rating_bucket as bucket on draw.bucket_id = bucket.bucket_id
    where not draw.is_money
    order by draw.event_id asc, draw.part_number asc, draw.pass_number desc
),

draw_sum as (
    select
        draw.event_id,
        draw.part_number,
        sum(draw.quantity) as quantity
    from rating_draw as draw
    where not draw.is_money
    group by draw.event_id, draw.part_number
)

select
    draw_sum.event_id,
    draw_sum.part_number,
    draw_sum.quantity,
    draw_last.allowance_id,
    draw_last.limit_quantity as allowance_limit,
    draw_last.used_before as allowance_used_before
from draw_sum
inner join draw_last
    on
        draw_sum.event_id = draw_last.event_id
        and draw_sum.part_number = draw_last.part_number;

-- Step 42e: take what a pass drew off the queue, and note it in the buckets.
--
-- grain:      one row per queued event (part), and per bucket, that the pass touched
-- reads:      rating_draw
-- writes:     rating_queue, rating_bucket
-- params:     pass_number, is_money
-- idempotent: no, it is run once per pass of a rating
with drawn as (
    select
        draw.event_id,
        draw.part_number,
        draw.bucket_id,
        draw.quantity
    from rating_draw as draw
    where
        draw.pass_number = %(pass_number)s
        and draw.is_money = %(is_money)s
        and draw.quantity > 0
),

queue_left as (
    update rating_queue as event
    set quantity = event.quantity - drawn.quantity
    from drawn
    where
        event.event_id = drawn.event_id
        and event.part_number = drawn.part_number
    returning event.event_id
),

bucket_drawn as (
    select
        drawn.bucket_id,
        sum(drawn.quantity) as quantity
    from drawn
    group by drawn.bucket_id
)

update rating_bucket as bucket
set drawn_quantity = bucket.drawn_quantity + bucket_drawn.quantity
from bucket_drawn
where bucket.bucket_id = bucket_drawn.bucket_id;

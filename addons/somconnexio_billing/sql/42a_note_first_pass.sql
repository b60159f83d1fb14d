-- Step 42a: note in the buckets what the first pass drew.
--
-- grain:      one row per bucket that gave something
-- reads:      rating_covered
-- writes:     rating_bucket
-- idempotent: sets, adds nothing
with drawn as (
    select
        event.bucket_id,
        sum(event.allowance_quantity) as quantity
    from rating_covered as event
    where event.bucket_id is not null
    group by event.bucket_id
)

update rating_bucket as bucket
set drawn_quantity = drawn.quantity
from drawn
where bucket.bucket_id = drawn.bucket_id;

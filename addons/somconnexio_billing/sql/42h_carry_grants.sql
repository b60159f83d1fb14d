-- Step 42h: count what earlier months drew on the one-shot allowances of a pass.
--
-- grain:      one row per bucket of the pass of a one-shot allowance
-- reads:      rating_bucket, rating_pass
-- writes:     rating_bucket (closed_quantity)
-- params:     pass_number, is_money
-- idempotent: sets, adds nothing
with earlier as (
    select
        bucket.bucket_id,
        bucket.closed_in_month + sum(before.drawn_quantity) as quantity
    from rating_pass as pass
    inner join rating_bucket as bucket on pass.source_id = bucket.source_id
    inner join rating_bucket as before
        on
            bucket.grant_id = before.grant_id
            and bucket.month_date > before.month_date
    where
        pass.pass_number = %(pass_number)s
        and pass.is_money = %(is_money)s
    group by bucket.bucket_id, bucket.closed_in_month
)

update rating_bucket as bucket
set closed_quantity = earlier.quantity
from earlier
where bucket.bucket_id = earlier.bucket_id;

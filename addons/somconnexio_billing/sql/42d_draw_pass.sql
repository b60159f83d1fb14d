-- Step 42d: let the sources of a later pass cover what is left, in the same order.
--
-- grain:      one row per queued event (part) with something left that a bucket of the
--             pass fits
-- reads:      rating_queue, rating_draw_list, rating_bucket
-- writes:     rating_draw
-- params:     pass_number, is_money
-- idempotent: no, it is run once per pass of a rating
with event_queued as (
    select
        event.event_id,
        event.part_number,
        event.quantity,
        bucket.bucket_id,
        bucket.limit_quantity,
        bucket.closed_quantity,
        sum(event.quantity) over (
            partition by bucket.bucket_id
            order by event.started_at, event.event_key, event.part_number
            rows between unbounded preceding and current row
        ) - event.quantity as queued_before
    from rating_queue as event
    inner join rating_draw_list as list
        on
            event.draw_situation_id = list.situation_id
            and list.pass_number = %(pass_number)s
            and list.is_money = %(is_money)s
    inner join rating_bucket as bucket
        on
            list.source_id = bucket.source_id
            and case
                when list.is_shared
                    then coalesce(-event.billing_account_id, event.subscription_id)
                else event.subscription_id
            end = bucket.owner_key
    where
        event.quantity > 0
        and (bucket.limit_quantity > 0 or bucket.limit_quantity is null)
        and (
            list.valid_from_at is null
            or (
                event.started_at >= list.valid_from_at
                and event.started_at < list.expires_at
            )
        )
),

event_placed as (
    select
        event_queued.event_id,
        event_queued.part_number,
        event_queued.quantity,
        event_queued.bucket_id,
        event_queued.limit_quantity,
        greatest(
            event_queued.closed_quantity,
            least(
                event_queued.closed_quantity + event_queued.queued_before,
                event_queued.limit_quantity
            )
        ) as used_before
    from event_queued
)

insert into rating_draw (
    event_id, part_number, is_money, pass_number, bucket_id, quantity, used_before
)
select
    event_placed.event_id,
    event_placed.part_number,
    %(is_money)s,
    %(pass_number)s,
    event_placed.bucket_id,
    case
        when event_placed.limit_quantity is null then event_placed.quantity
        else
            least(
                event_placed.quantity,
                greatest(event_placed.limit_quantity - event_placed.used_before, 0)
            )
    end as quantity,
    event_placed.used_before
from event_placed;

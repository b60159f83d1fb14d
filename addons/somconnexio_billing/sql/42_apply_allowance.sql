-- Step 42: let the sources of the first pass cover usage in the order it happened.
--
-- Events of the same instant take their turn by event key, so that the order in which
-- they arrived doesn't matter. The last event that an allowance reaches is covered in
-- part. This pass is all that most usage needs: it goes through every event, later
-- ones only through those that have something left to cover (42b to 42d).
--
-- grain:      one row per event, or part of a call that is cut, that can be priced
-- reads:      rating_counted, rating_draw_list, rating_bucket
-- writes:     rating_covered (temporary)
-- idempotent: reads only
create temporary table rating_covered on commit drop as
with event_queued as (
    select
        event.event_id,
        event.part_number,
        event.started_at,
        event.is_late,
        event.subscription_id,
        event.billing_account_id,
        event.product_id,
        event.situation_id,
        bucket.bucket_id,
        bucket.allowance_id,
        bucket.limit_quantity,
        bucket.closed_quantity,
        event.chargeable_quantity,
        sum(event.chargeable_quantity) over (
            partition by bucket.bucket_id
            order by event.started_at, event.event_key, event.part_number
            rows between unbounded preceding and current row
        ) - event.chargeable_quantity as queued_before
    from rating_counted as event
    left join rating_draw_list as list
        on
            event.draw_situation_id = list.situation_id
            and list.pass_number = 1
            and not list.is_money
    left join rating_bucket as bucket
        on
            list.source_id = bucket.source_id
            and case
                when list.is_shared
                    then coalesce(-event.billing_account_id, event.subscription_id)
                else event.subscription_id
            end = bucket.owner_key
            and event.chargeable_quantity > 0
            and (
                list.valid_from_at is null
                or (
                    event.started_at >= list.valid_from_at
                    and event.started_at < list.expires_at
                )
            )
    where event.reason is null
),

event_placed as (
    select
        event_queued.event_id,
        event_queued.part_number,
        event_queued.started_at,
        event_queued.is_late,
        event_queued.subscription_id,
        event_queued.billing_account_id,
        event_queued.product_id,
        event_queued.situation_id,
        event_queued.bucket_id,
        event_queued.allowance_id,
        event_queued.limit_quantity,
        event_queued.chargeable_quantity,
        -- Never above the limit, but for what was billed under a larger one.
        greatest(
            event_queued.closed_quantity,
            least(
                event_queued.closed_quantity + event_queued.queued_before,
                event_queued.limit_quantity
            )
        ) as used_before
    from event_queued
)

select
    event_placed.event_id,
    event_placed.part_number,
    event_placed.started_at,
    event_placed.is_late,
    event_placed.subscription_id,
    event_placed.billing_account_id,
    event_placed.product_id,
    event_placed.situation_id,
    event_placed.bucket_id,
    event_placed.allowance_id,
    event_placed.limit_quantity as allowance_limit,
    case
        when event_placed.bucket_id is not null then event_placed.used_before
    end as allowance_used_before,
    event_placed.chargeable_quantity,
    case
        when event_placed.bucket_id is null then 0
        when event_placed.limit_quantity is null then event_placed.chargeable_quantity
        else
            least(
                event_placed.chargeable_quantity,
                greatest(event_placed.limit_quantity - event_placed.used_before, 0)
            )
    end as allowance_quantity
from event_placed;

-- Step 42: let the allowances cover usage in the order in which it happened.
--
-- Events of the same instant take their turn by event key, so that the order in which
-- they arrived doesn't matter. The last event that an allowance reaches is covered in
-- part.
--
-- grain:      one row per event that can be priced
-- reads:      rating_counted, rating_billed_allowance
-- writes:     rating_covered (temporary)
-- idempotent: reads only
create temporary table rating_covered on commit drop as
with event_queued as (
    select
        event.event_id,
        event.started_at,
        event.is_late,
        event.subscription_id,
        event.billing_account_id,
        event.product_id,
        event.situation_id,
        event.allowance_id,
        event.limit_quantity,
        event.chargeable_quantity,
        coalesce(billed.used_quantity, 0) as billed_quantity,
        sum(event.chargeable_quantity) over (
            partition by event.subscription_id, event.allowance_id, event.month_date
            order by event.started_at, event.event_key
            rows between unbounded preceding and current row
        ) - event.chargeable_quantity as queued_before
    from rating_counted as event
    left join rating_billed_allowance as billed
        on
            event.subscription_id = billed.subscription_id
            and event.allowance_id = billed.allowance_id
            and event.month_date = billed.month_date
    where event.reason is null
),

event_placed as (
    select
        event_queued.event_id,
        event_queued.started_at,
        event_queued.is_late,
        event_queued.subscription_id,
        event_queued.billing_account_id,
        event_queued.product_id,
        event_queued.situation_id,
        event_queued.allowance_id,
        event_queued.limit_quantity,
        event_queued.chargeable_quantity,
        -- Never above the limit, but for what was billed under a larger one.
        greatest(
            event_queued.billed_quantity,
            least(
                event_queued.billed_quantity + event_queued.queued_before,
                event_queued.limit_quantity
            )
        ) as used_before
    from event_queued
)

select
    event_placed.event_id,
    event_placed.started_at,
    event_placed.is_late,
    event_placed.subscription_id,
    event_placed.billing_account_id,
    event_placed.product_id,
    event_placed.situation_id,
    event_placed.allowance_id,
    event_placed.limit_quantity as allowance_limit,
    case
        when event_placed.allowance_id is not null then event_placed.used_before
    end as allowance_used_before,
    event_placed.chargeable_quantity,
    case
        when event_placed.allowance_id is null then 0
        when event_placed.limit_quantity is null then event_placed.chargeable_quantity
        else
            least(
                event_placed.chargeable_quantity,
                greatest(event_placed.limit_quantity - event_placed.used_before, 0)
            )
    end as allowance_quantity
from event_placed;

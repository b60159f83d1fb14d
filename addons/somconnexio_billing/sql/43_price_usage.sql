-- Step 43: price what the allowances leave, of events that have one part.
--
-- The set-up fee belongs to events of which something is charged, and where the rate
-- says so to those of nothing, or covered in full. The exact amount is kept to 24
-- decimals: more than a price of 8 decimals divided by a price unit needs for its
-- rounding to be right. The tariff's rounding is the only one of an event.
--
-- grain:      one row per event that can be priced and isn't cut
-- reads:      rating_covered, rating_later_draw, rating_rate, rating_position
-- writes:     rating_priced (temporary)
-- idempotent: reads only
create temporary table rating_priced on commit drop as
with event_charged as (
    select
        event.event_id,
        event.started_at,
        event.is_late,
        event.subscription_id,
        event.billing_account_id,
        event.product_id,
        event.situation_id,
        coalesce(later.allowance_id, event.allowance_id) as allowance_id,
        case
            when later.event_id is null then event.allowance_limit
            else later.allowance_limit
        end as allowance_limit,
        coalesce(later.allowance_used_before, event.allowance_used_before)
            as allowance_used_before,
        event.chargeable_quantity,
        case
            when later.event_id is null then event.allowance_quantity
            else event.allowance_quantity + later.quantity
        end as allowance_quantity,
        case
            when later.event_id is null
                then event.chargeable_quantity - event.allowance_quantity
            else
                event.chargeable_quantity - event.allowance_quantity - later.quantity
        end as charged_quantity
    from rating_covered as event
    left join rating_later_draw as later
        on
            event.event_id = later.event_id
            and event.part_number = later.part_number
    where event.part_number = 0
),

event_priced as (
    select
        event_charged.event_id,
        event_charged.started_at,
        event_charged.is_late,
        event_charged.subscription_id,
        event_charged.billing_account_id,
        event_charged.product_id,
        event_charged.situation_id,
        event_charged.allowance_id,
        event_charged.allowance_limit,
        event_charged.allowance_used_before,
        event_charged.chargeable_quantity,
        event_charged.allowance_quantity,
        event_charged.charged_quantity,
        rate.rate_id,
        rate.time_band_id,
        rate.category_id,
        rate.unit_price,
        rate.price_unit,
        rate.minimum_charge,
        rate.maximum_charge,
        rate.amount_digits,
        rate.rounding_method,
        case
            when event_charged.charged_quantity > 0 then rate.setup_fee
            when rate.is_setup_on_zero and event_charged.chargeable_quantity = 0
                then rate.setup_fee
            when rate.is_setup_on_covered and event_charged.chargeable_quantity > 0
                then rate.setup_fee
            else 0
        end as setup_fee,
        case
            when event_charged.charged_quantity = 0 then 0
            when tiered.event_id is not null then tiered.amount
            else
                round(event_charged.charged_quantity * rate.unit_price, 24)
                / rate.price_unit
        end as usage_amount
    from event_charged
    inner join rating_rate as rate
        on
            event_charged.situation_id = rate.situation_id
            and not rate.is_wholesale
    left join rating_position as tiered
        on
            event_charged.event_id = tiered.event_id
            and tiered.part_number = 0
),

-- Offset 0 keeps the planner from computing the amount once for each use of it.
event_limited as (
    select
        event_priced.*,
        case
            when event_priced.charged_quantity = 0 and event_priced.setup_fee = 0 then 0
            else
                least(
                    greatest(
                        event_priced.setup_fee + event_priced.usage_amount,
                        event_priced.minimum_charge
                    ),
                    event_priced.maximum_charge
                )
        end as amount_exact
    from event_priced
    offset 0  -- noqa: AM09
)

select
    event_limited.event_id,
    event_limited.started_at,
    event_limited.is_late,
    event_limited.subscription_id,
    event_limited.billing_account_id,
    event_limited.product_id,
    event_limited.situation_id,
    event_limited.rate_id,
    event_limited.time_band_id,
    event_limited.category_id,
    event_limited.allowance_id,
    event_limited.allowance_limit,
    event_limited.allowance_used_before,
    event_limited.chargeable_quantity,
    event_limited.allowance_quantity,
    event_limited.charged_quantity,
    event_limited.setup_fee,
    event_limited.unit_price,
    event_limited.price_unit,
    case
        when
            event_limited.minimum_charge is null
            and event_limited.maximum_charge is null
            then false
        else
            event_limited.setup_fee + event_limited.usage_amount
            <> event_limited.amount_exact
    end as is_limited,
    round(event_limited.amount_exact, 12) as amount_exact,
    telecom_round_amount(
        event_limited.amount_exact,
        event_limited.amount_digits,
        event_limited.rounding_method
    ) as amount,
    null::numeric as allowance_amount,
    null::numeric as capped_amount
from event_limited;

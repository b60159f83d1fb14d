-- Step 43: price what the allowances leave.
--
-- The set-up fee belongs to events of which something is charged. The exact amount is
-- kept to 24 decimals: more than a price of 8 decimals divided by a price unit needs
-- for its rounding to be right. The tariff's rounding is the only one of an event.
--
-- grain:      one row per event that can be priced
-- reads:      rating_covered, rating_rate
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
        event.allowance_id,
        event.allowance_limit,
        event.allowance_used_before,
        event.chargeable_quantity,
        event.allowance_quantity,
        event.chargeable_quantity - event.allowance_quantity as charged_quantity
    from rating_covered as event
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
        rate.category_id,
        rate.setup_fee,
        rate.unit_price,
        rate.price_unit,
        rate.amount_digits,
        rate.rounding_method,
        case
            when event_charged.charged_quantity = 0 then 0
            else
                rate.setup_fee
                + round(event_charged.charged_quantity * rate.unit_price, 24)
                / rate.price_unit
        end as amount_exact
    from event_charged
    inner join rating_rate as rate on event_charged.situation_id = rate.situation_id
)

select
    event_priced.event_id,
    event_priced.started_at,
    event_priced.is_late,
    event_priced.subscription_id,
    event_priced.billing_account_id,
    event_priced.product_id,
    event_priced.situation_id,
    event_priced.rate_id,
    event_priced.category_id,
    event_priced.allowance_id,
    event_priced.allowance_limit,
    event_priced.allowance_used_before,
    event_priced.chargeable_quantity,
    event_priced.allowance_quantity,
    event_priced.charged_quantity,
    event_priced.setup_fee,
    event_priced.unit_price,
    event_priced.price_unit,
    round(event_priced.amount_exact, 12) as amount_exact,
    case
        when event_priced.rounding_method = 'half_up'
            then round(event_priced.amount_exact, event_priced.amount_digits)
        when event_priced.rounding_method = 'down'
            then trunc(event_priced.amount_exact, event_priced.amount_digits)
        when event_priced.rounding_method = 'up'
            then
                round(
                    ceil(
                        event_priced.amount_exact
                        * 10::numeric ^ event_priced.amount_digits
                    ) / 10::numeric ^ event_priced.amount_digits,
                    event_priced.amount_digits
                )
        -- Half to even: a tie above an even digit goes down, all else to the nearest.
        when
            mod(
                event_priced.amount_exact * 10::numeric ^ event_priced.amount_digits, 2
            ) = 0.5
            then trunc(event_priced.amount_exact, event_priced.amount_digits)
        else round(event_priced.amount_exact, event_priced.amount_digits)
    end as amount
from event_priced;

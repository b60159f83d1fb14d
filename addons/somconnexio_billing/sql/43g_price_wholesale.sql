-- Step 43g: price by the provider's tariff the events whose cost no file gave.
--
-- Units, set-up fee, minimum, maximum and rounding are those of the wholesale rate.
--
-- grain:      one row per priced event with a wholesale rate
-- reads:      rating_priced, rating_event, rating_rate
-- writes:     rating_wholesale (temporary)
-- idempotent: reads only
create temporary table rating_wholesale on commit drop as
with event_counted as (
    select
        priced.event_id,
        event.quantity,
        rate.setup_fee,
        rate.is_setup_on_zero,
        rate.unit_price,
        rate.price_unit,
        rate.minimum_charge,
        rate.maximum_charge,
        rate.amount_digits,
        rate.rounding_method,
        case
            when event.quantity <= 0 then 0
            when counted.quantity <= rate.first_increment then rate.first_increment
            else
                rate.first_increment
                + rate.next_increment * (
                    div(counted.quantity - rate.first_increment, rate.next_increment)
                    + sign(
                        mod(
                            counted.quantity - rate.first_increment,
                            rate.next_increment
                        )
                    )
                )
        end as chargeable_quantity
    from rating_rate as rate
    inner join rating_priced as priced on rate.situation_id = priced.situation_id
    inner join rating_event as event on priced.event_id = event.event_id
    cross join
        lateral (
            select greatest(event.quantity, rate.minimum_quantity) as quantity
        ) as counted
    where rate.is_wholesale
),

event_priced as (
    select
        event.event_id,
        event.minimum_charge,
        event.maximum_charge,
        event.amount_digits,
        event.rounding_method,
        event.chargeable_quantity,
        case
            when event.chargeable_quantity > 0 or event.is_setup_on_zero
                then event.setup_fee
            else 0
        end as setup_fee,
        round(event.chargeable_quantity * event.unit_price, 24) / event.price_unit
            as usage_amount
    from event_counted as event
),

-- Offset 0 keeps the planner from computing the amount once for each use of it.
event_limited as (
    select
        event_priced.event_id,
        event_priced.amount_digits,
        event_priced.rounding_method,
        case
            when event_priced.chargeable_quantity = 0 and event_priced.setup_fee = 0
                then 0
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
    telecom_round_amount(
        event_limited.amount_exact,
        event_limited.amount_digits,
        event_limited.rounding_method
    ) as wholesale_cost
from event_limited;

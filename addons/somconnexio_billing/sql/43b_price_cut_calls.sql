-- Step 43b: price the calls that are cut: the sum of their parts, limited and rounded
-- once.
--
-- Set-up fee, minimum, maximum and category are the first part's.
--
-- grain:      one row per call of several parts
-- reads:      rating_covered, rating_later_draw, rating_rate, rating_position,
--             rating_classified, rating_situation
-- writes:     rating_priced
-- idempotent: no, it is run once per rating
with part as (
    select
        event.event_id,
        event.part_number,
        event.chargeable_quantity,
        event.chargeable_quantity
        - event.allowance_quantity
        - coalesce(later.quantity, 0) as charged_quantity,
        event.allowance_quantity + coalesce(later.quantity, 0) as allowance_quantity,
        coalesce(later.allowance_id, event.allowance_id) as allowance_id,
        case
            when later.event_id is null then event.allowance_limit
            else later.allowance_limit
        end as allowance_limit,
        coalesce(later.allowance_used_before, event.allowance_used_before)
            as allowance_used_before,
        case
            when
                event.chargeable_quantity
                = event.allowance_quantity + coalesce(later.quantity, 0)
                then 0
            when tiered.event_id is not null then tiered.amount
            else
                round(
                    (
                        event.chargeable_quantity
                        - event.allowance_quantity
                        - coalesce(later.quantity, 0)
                    ) * rate.unit_price,
                    24
                ) / rate.price_unit
        end as amount
    from rating_covered as event
    inner join rating_rate as rate
        on
            event.situation_id = rate.situation_id
            and not rate.is_wholesale
    left join rating_later_draw as later
        on
            event.event_id = later.event_id
            and event.part_number = later.part_number
    left join rating_position as tiered
        on
            event.event_id = tiered.event_id
            and event.part_number = tiered.part_number
    where event.part_number > 0
),

part_sum as (
    select
        part.event_id,
        sum(part.chargeable_quantity) as chargeable_quantity,
        sum(part.allowance_quantity) as allowance_quantity,
        sum(part.charged_quantity) as charged_quantity,
        -- Thirds of a cent in three parts are a cent again.
        round(sum(part.amount), 20) as usage_amount
    from part
    group by part.event_id
),

part_drawing as (
    select distinct on (part.event_id)
        part.event_id,
        part.allowance_id,
        part.allowance_limit,
        part.allowance_used_before
    from part
    where part.allowance_id is not null
    order by part.event_id asc, part.part_number asc
),

event_priced as (
    select
        event.event_id,
        event.started_at,
        event.is_late,
        event.subscription_id,
        event.billing_account_id,
        event.product_id,
        situation.situation_id,
        rate.rate_id,
        rate.time_band_id,
        rate.category_id,
        part_drawing.allowance_id,
        part_drawing.allowance_limit,
        part_drawing.allowance_used_before,
        part_sum.chargeable_quantity,
        part_sum.allowance_quantity,
        part_sum.charged_quantity,
        part_sum.usage_amount,
        case
            when part_sum.charged_quantity > 0 or rate.is_setup_on_covered
                then rate.setup_fee
            else 0
        end as setup_fee,
        rate.unit_price,
        rate.price_unit,
        rate.minimum_charge,
        rate.maximum_charge,
        rate.amount_digits,
        rate.rounding_method
    from part_sum
    inner join rating_classified as event on part_sum.event_id = event.event_id
    inner join rating_situation as situation
        on event.situation_key = situation.situation_key
    inner join rating_rate as rate
        on
            situation.situation_id = rate.situation_id
            and not rate.is_wholesale
    left join part_drawing on part_sum.event_id = part_drawing.event_id
),

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
)

insert into rating_priced (
    event_id,
    started_at,
    is_late,
    subscription_id,
    billing_account_id,
    product_id,
    situation_id,
    rate_id,
    time_band_id,
    category_id,
    allowance_id,
    allowance_limit,
    allowance_used_before,
    chargeable_quantity,
    allowance_quantity,
    charged_quantity,
    setup_fee,
    unit_price,
    price_unit,
    is_limited,
    amount_exact,
    amount
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
    event_limited.setup_fee + event_limited.usage_amount
    <> event_limited.amount_exact as is_limited,
    round(event_limited.amount_exact, 12) as amount_exact,
    telecom_round_amount(
        event_limited.amount_exact,
        event_limited.amount_digits,
        event_limited.rounding_method
    ) as amount
from event_limited;

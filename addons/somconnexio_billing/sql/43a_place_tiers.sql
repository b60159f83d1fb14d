-- Step 43a: price by tiers and packages, by the position in the month.
--
-- Positions count what a subscription is charged by the rate in the month: what is
-- closed first, then in turn by start, event key and part. A graduated price adds up
-- the tiers that a part lies in. A volume price is the tier's in which the month's
-- total lies. A package is paid when a part begins it. A position belongs to the first
-- tier that ends at it or later; beyond the last tier the last one's price holds.
--
-- grain:      one row per event, or part of a call that is cut, with such a rate and
--             something charged
-- reads:      rating_counted, rating_covered, rating_later_draw, rating_rate,
--             rating_open_usage, telecom_rated_usage, telecom_tariff_tier
-- writes:     rating_position (temporary); amount before any set-up fee
-- params:     company_id, timezone
-- idempotent: reads only
create temporary table rating_position on commit drop as
with part as (
    select
        event.event_id,
        event.part_number,
        event.event_key,
        event.started_at,
        event.month_date,
        event.subscription_id,
        rate.rate_id,
        rate.price_mode,
        rate.unit_price,
        rate.price_unit,
        covered.chargeable_quantity
        - covered.allowance_quantity
        - coalesce(later.quantity, 0) as quantity
    from rating_rate as rate
    inner join rating_covered as covered on rate.situation_id = covered.situation_id
    inner join rating_counted as event
        on
            covered.event_id = event.event_id
            and covered.part_number = event.part_number
    left join rating_later_draw as later
        on
            covered.event_id = later.event_id
            and covered.part_number = later.part_number
    where
        rate.price_mode <> 'per_unit'
        and not rate.is_wholesale
),

part_month as (
    select distinct
        part.subscription_id,
        part.rate_id,
        part.month_date,
        part.month_date::timestamp at time zone %(timezone)s at time zone 'UTC'
            as start_at,
        (part.month_date + interval '1 month')
        at time zone %(timezone)s at time zone 'UTC' as end_at
    from part
),

closed_part as (
    select
        part_month.subscription_id,
        part_month.rate_id,
        part_month.month_date,
        rated.event_id,
        rated.charged_quantity as quantity
    from part_month
    inner join telecom_rated_usage as rated
        on
            part_month.subscription_id = rated.subscription_id
            and part_month.rate_id = rated.rate_id
            and rated.started_at >= part_month.start_at
            and rated.started_at < part_month.end_at
    where rated.breakdown is null
    union all
    select
        part_month.subscription_id,
        part_month.rate_id,
        part_month.month_date,
        rated.event_id,
        closed.charged as quantity
    from part_month
    inner join telecom_rated_usage as rated
        on
            part_month.subscription_id = rated.subscription_id
            and rated.started_at >= part_month.start_at
            and rated.started_at < part_month.end_at
    cross join
        lateral jsonb_to_recordset(rated.breakdown -> 'parts')
            as closed (
                rate integer,
                charged numeric
            )
    where
        rated.breakdown is not null
        and closed.rate = part_month.rate_id
),

closed as (
    select
        closed_part.subscription_id,
        closed_part.rate_id,
        closed_part.month_date,
        sum(closed_part.quantity) as quantity
    from closed_part
    where
        not exists (
            select
            from rating_open_usage as open_usage
            where open_usage.event_id = closed_part.event_id
        )
    group by
        closed_part.subscription_id, closed_part.rate_id, closed_part.month_date
),

placed as (
    select
        part.event_id,
        part.part_number,
        part.rate_id,
        part.price_mode,
        part.unit_price,
        part.price_unit,
        part.quantity,
        coalesce(closed.quantity, 0)
        + sum(part.quantity) over (
            in_month
            order by part.started_at, part.event_key, part.part_number
            rows between unbounded preceding and current row
        ) - part.quantity as before_quantity,
        coalesce(closed.quantity, 0) + sum(part.quantity) over (in_month)
            as total_quantity
    from part
    left join closed
        on
            part.subscription_id = closed.subscription_id
            and part.rate_id = closed.rate_id
            and part.month_date = closed.month_date
    where part.quantity > 0
    window in_month as (
        partition by part.subscription_id, part.rate_id, part.month_date
    )
),

tier_end as (
    select
        tier.rate_id,
        tier.unit_price,
        coalesce(
            lag(tier.up_to_quantity) over in_order, 0
        ) as from_quantity,
        -- The last one goes on for ever, whether it says so or not.
        case
            when lead(tier.id) over in_order is null then 'infinity'::numeric
            else tier.up_to_quantity
        end as up_to_quantity
    from telecom_tariff_tier as tier
    window in_order as (
        partition by tier.rate_id
        order by nullif(tier.up_to_quantity, 0) asc nulls last
    )
),

tiered as (
    select
        placed.event_id,
        placed.part_number,
        sum(touched.quantity * tier.unit_price) as priced_quantity,
        jsonb_agg(
            jsonb_build_object(
                'up_to', nullif(tier.up_to_quantity, 'infinity')::text,
                'quantity', touched.quantity::text,
                'unit_price', tier.unit_price::text
            )
            order by tier.from_quantity
        ) as tiers
    from placed
    inner join tier_end as tier on placed.rate_id = tier.rate_id
    cross join
        lateral (
            select
                case
                    when placed.price_mode = 'graduated'
                        then
                            least(
                                tier.up_to_quantity,
                                placed.before_quantity + placed.quantity
                            )
                            - greatest(tier.from_quantity, placed.before_quantity)
                    when
                        placed.total_quantity > tier.from_quantity
                        and placed.total_quantity <= tier.up_to_quantity
                        then placed.quantity
                    else 0
                end as quantity
        ) as touched
    where
        placed.price_mode in ('graduated', 'volume')
        and touched.quantity > 0
    group by placed.event_id, placed.part_number
)

select
    placed.event_id,
    placed.part_number,
    placed.before_quantity,
    placed.total_quantity,
    tiered.tiers,
    case
        when placed.price_mode = 'package'
            then
                placed.unit_price * (
                    div(
                        placed.before_quantity + placed.quantity, placed.price_unit
                    )
                    + sign(
                        mod(
                            placed.before_quantity + placed.quantity,
                            placed.price_unit
                        )
                    )
                    - div(placed.before_quantity, placed.price_unit)
                    - sign(mod(placed.before_quantity, placed.price_unit))
                )
        else
            coalesce(
                round(tiered.priced_quantity, 24), 0
            ) / placed.price_unit
    end as amount
from placed
left join tiered
    on
        placed.event_id = tiered.event_id
        and placed.part_number = tiered.part_number;

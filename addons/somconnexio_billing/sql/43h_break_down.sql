-- Step 43h: write down how the events came to their amounts whose columns can't say it.
--
-- That is: those of several parts, that drew on several allowances or on one of
-- another month, with tiers, at a minimum or maximum, paid by included money, or cut
-- by the maximum spend. Numbers are text, so that no reader makes floats of them.
--
-- grain:      one row per such event
-- reads:      rating_covered, rating_later_draw, rating_draw, rating_bucket,
--             rating_position, rating_rate, rating_priced, rating_spend, rating_part
-- writes:     rating_breakdown (temporary)
-- idempotent: reads only
create temporary table rating_breakdown on commit drop as
with complex as (
    select covered.event_id
    from rating_bucket as bucket
    inner join rating_covered as covered on bucket.bucket_id = covered.bucket_id
    where
        bucket.grant_id is not null
        or bucket.origin_date < bucket.month_date
    union distinct
    select draw.event_id
    from rating_draw as draw
    inner join rating_bucket as bucket on draw.bucket_id = bucket.bucket_id
    where
        bucket.grant_id is not null
        or bucket.origin_date < bucket.month_date
    union distinct
    -- More than one: those of later passes, with what the first one gave.
    select draw.event_id
    from rating_draw as draw
    inner join rating_covered as covered
        on
            draw.event_id = covered.event_id
            and draw.part_number = covered.part_number
    where
        not draw.is_money
        and covered.bucket_id is not null
    union distinct
    select draw.event_id
    from rating_draw as draw
    where not draw.is_money
    group by draw.event_id, draw.part_number
    having count(*) > 1
    union distinct
    select covered.event_id
    from rating_covered as covered
    where covered.part_number > 0
    union distinct
    select tiered.event_id
    from rating_position as tiered
    union distinct
    select draw.event_id
    from rating_draw as draw
    where draw.is_money
    union distinct
    select priced.event_id
    from rating_priced as priced
    where
        priced.is_limited
        or priced.capped_amount > 0
),

part as (
    select
        covered.event_id,
        covered.part_number,
        covered.started_at,
        covered.bucket_id,
        covered.chargeable_quantity,
        covered.allowance_quantity,
        covered.allowance_used_before,
        covered.allowance_quantity + coalesce(later.quantity, 0) as covered_quantity,
        coalesce(cut.from_offset, 0) as from_offset,
        rate.rate_id,
        rate.time_band_id,
        rate.price_mode,
        rate.unit_price,
        rate.price_unit,
        rate.minimum_charge,
        rate.maximum_charge,
        tiered.before_quantity,
        tiered.total_quantity,
        tiered.tiers,
        tiered.amount
    from complex
    inner join rating_covered as covered on complex.event_id = covered.event_id
    inner join rating_rate as rate
        on
            covered.situation_id = rate.situation_id
            and not rate.is_wholesale
    left join rating_later_draw as later
        on
            covered.event_id = later.event_id
            and covered.part_number = later.part_number
    left join rating_position as tiered
        on
            covered.event_id = tiered.event_id
            and covered.part_number = tiered.part_number
    left join rating_part as cut
        on
            covered.event_id = cut.event_id
            and covered.part_number = cut.part_number
),

parts as (
    select
        part.event_id,
        (array_agg(part.minimum_charge order by part.part_number))[1]
            as minimum_charge,
        (array_agg(part.maximum_charge order by part.part_number))[1]
            as maximum_charge,
        jsonb_agg(
            jsonb_strip_nulls(
                jsonb_build_object(
                    'part', greatest(part.part_number, 1),
                    'rate', part.rate_id,
                    'time_band', part.time_band_id,
                    'started_at', to_char(
                        part.started_at
                        + make_interval(secs => part.from_offset::double precision),
                        'YYYY-MM-DD"T"HH24:MI:SS'
                    ),
                    'quantity', part.chargeable_quantity::text,
                    'allowance_quantity', part.covered_quantity::text,
                    'charged',
                    (part.chargeable_quantity - part.covered_quantity)::text,
                    'price_mode', part.price_mode,
                    'unit_price', part.unit_price::text,
                    'price_unit', part.price_unit::text,
                    'before', part.before_quantity::text,
                    'total', case
                        when part.price_mode = 'volume' then part.total_quantity::text
                    end,
                    'tiers', part.tiers,
                    'amount', round(
                        case
                            when part.chargeable_quantity = part.covered_quantity then 0
                            else
                                coalesce(
                                    part.amount,
                                    (part.chargeable_quantity - part.covered_quantity)
                                    * part.unit_price / part.price_unit
                                )
                        end,
                        12
                    )::text
                )
            )
            order by part.part_number
        ) as parts
    from part
    group by part.event_id
),

draw_written as (
    select
        part.event_id,
        part.part_number,
        false as is_money,
        1 as pass_number,
        part.bucket_id,
        part.allowance_quantity as quantity,
        part.allowance_used_before as used_before
    from part
    where part.bucket_id is not null
    union all
    select
        draw.event_id,
        draw.part_number,
        draw.is_money,
        draw.pass_number,
        draw.bucket_id,
        draw.quantity,
        draw.used_before
    from complex
    inner join rating_draw as draw on complex.event_id = draw.event_id
),

draws as (
    select
        draw.event_id,
        jsonb_agg(
            jsonb_strip_nulls(
                jsonb_build_object(
                    'part', greatest(draw.part_number, 1),
                    'kind', case when draw.is_money then 'money' else 'quantity' end,
                    'allowance', bucket.allowance_id,
                    'grant_id', bucket.grant_id,
                    'origin', bucket.origin_date,
                    'quantity', draw.quantity::text,
                    'used_before', draw.used_before::text,
                    'limit_quantity', bucket.limit_quantity::text
                )
            )
            order by draw.is_money, draw.part_number, draw.pass_number
        ) as draws
    from draw_written as draw
    inner join rating_bucket as bucket on draw.bucket_id = bucket.bucket_id
    group by draw.event_id
)

select
    priced.event_id,
    jsonb_strip_nulls(
        jsonb_build_object(
            'parts', parts.parts,
            'allowances', draws.draws,
            'minimum_charge', case
                when
                    priced.is_limited
                    and priced.amount_exact = parts.minimum_charge
                    then parts.minimum_charge::text
            end,
            'maximum_charge', case
                when
                    priced.is_limited
                    and priced.amount_exact = parts.maximum_charge
                    then parts.maximum_charge::text
            end,
            'spend', case
                when priced.capped_amount > 0
                    then
                        jsonb_build_object(
                            'before', spend.spent_before::text,
                            'limit', spend.maximum_spend::text
                        )
            end
        )
    ) as breakdown
from parts
inner join rating_priced as priced on parts.event_id = priced.event_id
left join draws on priced.event_id = draws.event_id
left join rating_spend as spend on priced.event_id = spend.event_id;

-- Step 38: find the rate of each situation.
--
-- The rate that names the destination comes before the one for any destination. Two
-- rates can't both match: telecom_tariff_rate excludes overlaps.
--
-- grain:      one row per situation that has a rate
-- reads:      rating_situation, telecom_tariff_rate, telecom_tariff
-- writes:     rating_rate (temporary)
-- idempotent: reads only
create temporary table rating_rate on commit drop as
with dated_rate as (
    select
        rate.id as rate_id,
        rate.tariff_id,
        rate.usage_type_id,
        rate.direction,
        rate.destination_id,
        coalesce(rate.zone_id, 0) as zone_key,
        coalesce(rate.valid_from, '-infinity') as valid_from,
        coalesce(rate.valid_to, 'infinity') as valid_to
    from telecom_tariff_rate as rate
),

situation_rate as (
    select
        situation.situation_id,
        coalesce(to_destination.rate_id, to_any.rate_id) as rate_id
    from rating_situation as situation
    left join dated_rate as to_destination
        on
            situation.tariff_id = to_destination.tariff_id
            and situation.usage_type_id = to_destination.usage_type_id
            and situation.direction = to_destination.direction
            and situation.destination_key = to_destination.destination_id
            and situation.zone_key = to_destination.zone_key
            and situation.started_date >= to_destination.valid_from
            and situation.started_date < to_destination.valid_to
    left join dated_rate as to_any
        on
            to_any.destination_id is null
            and situation.tariff_id = to_any.tariff_id
            and situation.usage_type_id = to_any.usage_type_id
            and situation.direction = to_any.direction
            and situation.zone_key = to_any.zone_key
            and situation.started_date >= to_any.valid_from
            and situation.started_date < to_any.valid_to
)

select
    situation_rate.situation_id,
    rate.id as rate_id,
    rate.category_id,
    rate.setup_fee,
    rate.unit_price,
    rate.price_unit,
    rate.first_increment,
    rate.next_increment,
    tariff.amount_digits,
    tariff.rounding_method
from situation_rate
inner join telecom_tariff_rate as rate on situation_rate.rate_id = rate.id
inner join telecom_tariff as tariff on rate.tariff_id = tariff.id;

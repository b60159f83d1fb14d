-- Step 38: find the rate of each situation.
--
-- Of the rates that fit, one that names the destination goes first, then one that names
-- the network, then one that names a time band; of several bands of the same instant
-- the first. Two rates of one rank can't both fit: telecom_tariff_rate excludes them.
-- Where the cost of usage isn't known, its wholesale rate is found in the same way.
--
-- grain:      one row per situation that has a rate, and one where it has a wholesale
--             rate (is_wholesale)
-- reads:      rating_situation, rating_band_set, telecom_tariff_rate, telecom_tariff
-- writes:     rating_rate (temporary)
-- idempotent: reads only
create temporary table rating_rate on commit drop as
with dated_rate as (
    select
        rate.id as rate_id,
        rate.tariff_id,
        rate.usage_type_id,
        rate.direction,
        coalesce(rate.destination_id, 0) as destination_key,
        coalesce(rate.zone_id, 0) as zone_key,
        rate.network,
        rate.time_band_id,
        coalesce(rate.valid_from, '-infinity') as valid_from,
        coalesce(rate.valid_to, 'infinity') as valid_to
    from telecom_tariff_rate as rate
),

situation_priced as (
    select
        situation.situation_id,
        situation.tariff_id,
        false as is_wholesale,
        situation.usage_type_id,
        situation.direction,
        situation.destination_key,
        situation.zone_key,
        situation.started_date,
        situation.network,
        situation.band_set_id
    from rating_situation as situation
    union all
    select
        situation.situation_id,
        situation.wholesale_tariff_id as tariff_id,
        true as is_wholesale,
        situation.usage_type_id,
        situation.direction,
        situation.destination_key,
        situation.zone_key,
        situation.started_date,
        situation.network,
        situation.band_set_id
    from rating_situation as situation
    where situation.wholesale_tariff_id > 0
),

situation_rate as (
    select distinct on (situation.situation_id, situation.is_wholesale)
        situation.situation_id,
        situation.is_wholesale,
        rate.rate_id
    from situation_priced as situation
    -- Its destination, or any (0).
    cross join
        lateral (
            values (situation.destination_key), (0)
        ) as destination (destination_key)
    inner join dated_rate as rate
        on
            situation.tariff_id = rate.tariff_id
            and situation.usage_type_id = rate.usage_type_id
            and situation.direction = rate.direction
            and destination.destination_key = rate.destination_key
            and situation.zone_key = rate.zone_key
            and situation.started_date >= rate.valid_from
            and situation.started_date < rate.valid_to
            and rate.network in ('any', situation.network)
    left join rating_band_set as band
        on
            situation.band_set_id = band.band_set_id
            and rate.time_band_id = band.band_id
    where
        rate.time_band_id is null
        or band.band_id is not null
    order by
        situation.situation_id asc,
        situation.is_wholesale asc,
        (rate.destination_key > 0) desc,
        (rate.network <> 'any') desc,
        band.band_rank asc nulls last
)

select
    situation_rate.situation_id,
    situation_rate.is_wholesale,
    rate.id as rate_id,
    rate.time_band_id,
    rate.category_id,
    rate.setup_fee,
    rate.setup_on_zero is true as is_setup_on_zero,
    rate.setup_on_covered is true as is_setup_on_covered,
    rate.unit_price,
    rate.price_unit,
    rate.price_mode,
    rate.first_increment,
    rate.next_increment,
    nullif(rate.minimum_quantity, 0) as minimum_quantity,
    nullif(rate.minimum_charge, 0) as minimum_charge,
    nullif(rate.maximum_charge, 0) as maximum_charge,
    tariff.id as tariff_id,
    tariff.amount_digits,
    tariff.rounding_method
from situation_rate
inner join telecom_tariff_rate as rate on situation_rate.rate_id = rate.id
inner join telecom_tariff as tariff on rate.tariff_id = tariff.id;

-- List the rates of a tariff with the codes that a document names them by.
--
-- grain:      one row per rate, in an order that rests on nothing but what it says
-- reads:      telecom_tariff_rate, telecom_tariff_tier, telecom_usage_type,
--             telecom_destination, telecom_roaming_zone, telecom_time_band,
--             telecom_usage_category
-- writes:     nothing
-- params:     tariff_id
-- idempotent: reads only
select
    rate.id,
    usage_type.code as usage_type,
    rate.direction,
    destination.code as destination,
    zone.code as zone,
    rate.network,
    band.code as time_band,
    rate.valid_from,
    rate.valid_to,
    rate.setup_fee::text as setup_fee,
    rate.setup_on_zero is true as setup_on_zero,
    rate.setup_on_covered is true as setup_on_covered,
    rate.unit_price::text as unit_price,
    rate.price_unit::text as price_unit,
    rate.first_increment::text as first_increment,
    rate.next_increment::text as next_increment,
    coalesce(rate.minimum_quantity, 0)::text as minimum_quantity,
    coalesce(rate.minimum_charge, 0)::text as minimum_charge,
    coalesce(rate.maximum_charge, 0)::text as maximum_charge,
    rate.price_mode,
    coalesce(tier.tiers, '[]') as tiers,
    category.code as category
from telecom_tariff_rate as rate
inner join telecom_usage_type as usage_type on rate.usage_type_id = usage_type.id
inner join telecom_usage_category as category on rate.category_id = category.id
left join telecom_destination as destination on rate.destination_id = destination.id
left join telecom_roaming_zone as zone on rate.zone_id = zone.id
left join telecom_time_band as band on rate.time_band_id = band.id
left join lateral (
    select
        jsonb_agg(
            jsonb_build_array(tier.up_to_quantity::text, tier.unit_price::text)
            order by tier.is_open is true, tier.up_to_quantity
        ) as tiers
    from telecom_tariff_tier as tier
    where tier.rate_id = rate.id
) as tier on true
where rate.tariff_id = %(tariff_id)s
order by
    usage_type.code collate "C" asc,
    rate.direction desc,
    zone.code collate "C" asc nulls first,
    destination.code collate "C" asc nulls first,
    rate.network asc,
    band.code collate "C" asc nulls first,
    rate.valid_from asc nulls first

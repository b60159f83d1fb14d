-- Step 38: find the allowance that each situation draws on.
--
-- The first by priority among those of the offering that fit the usage type, the
-- direction, the destination and the network. What exceeds it is charged.
--
-- grain:      one row per situation that an allowance fits
-- reads:      rating_situation, telecom_allowance and its destinations and zones
-- writes:     rating_allowance (temporary); limit_quantity null means unlimited
-- idempotent: reads only
create temporary table rating_allowance on commit drop as
select distinct on (situation.situation_id)
    situation.situation_id,
    allowance.id as allowance_id,
    case
        when allowance.is_unlimited is not true then allowance.quantity
    end as limit_quantity
from rating_situation as situation
inner join telecom_allowance as allowance
    on
        situation.product_tmpl_id = allowance.product_tmpl_id
        and situation.usage_type_id = allowance.usage_type_id
        and situation.direction = allowance.direction
where
    allowance.active
    and (
        not exists (
            select
            from telecom_allowance_destination_rel as any_destination
            where any_destination.allowance_id = allowance.id
        )
        or exists (
            select
            from telecom_allowance_destination_rel as destination
            where
                destination.allowance_id = allowance.id
                and destination.destination_id = situation.destination_key
        )
    )
    and (
        (situation.zone_key = 0 and allowance.include_home)
        or exists (
            select
            from telecom_allowance_zone_rel as zone
            where
                zone.allowance_id = allowance.id
                and zone.zone_id = situation.zone_key
        )
    )
order by
    situation.situation_id asc,
    allowance.priority asc,
    allowance.sequence asc,
    allowance.id asc;

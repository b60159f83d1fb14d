-- Step 35: say of each event what its price depends on.
--
-- An event is priced by its tariff, usage type, direction, destination and roaming
-- zone. Only an outgoing event to a number needs a destination: data has none, and
-- whoever calls in may hide theirs. Keys are never null, so that they can be joined:
-- destination_key 0 is no destination; zone_key 0 is the home network and -1 a visited
-- country of no zone, which no rate can match.
--
-- grain:      one row per event to rate
-- reads:      rating_event, rating_tariff, rating_destination, telecom_roaming_zone,
--             res_country
-- writes:     rating_classified (temporary); reason when it can't be priced already
-- idempotent: reads only
create temporary table rating_classified on commit drop as
with country_zone as (
    select
        country.code as country_code,
        zone.id as zone_id
    from telecom_roaming_zone_country_rel as membership
    inner join telecom_roaming_zone as zone on membership.zone_id = zone.id
    inner join res_country as country on membership.country_id = country.id
    where zone.active
)

select
    event.event_id,
    event.event_key,
    event.started_at,
    event.started_date,
    event.month_date,
    event.is_late,
    event.subscription_id,
    tariff.billing_account_id,
    tariff.product_id,
    tariff.product_tmpl_id,
    tariff.tariff_id,
    event.usage_type_id,
    event.direction,
    coalesce(destination.destination_id, 0) as destination_key,
    case
        when event.visited_country is null then 0
        else coalesce(country_zone.zone_id, -1)
    end as zone_key,
    event.quantity,
    case
        when tariff.tariff_id is null then 'no_tariff'
        when
            event.direction = 'outgoing'
            and event.other_number is not null
            and destination.destination_id is null
            then 'no_destination'
    end as reason
from rating_event as event
left join rating_tariff as tariff
    on
        event.subscription_id = tariff.subscription_id
        and event.started_date >= tariff.valid_from
        and event.started_date < tariff.valid_to
left join rating_destination as destination
    on event.other_number = destination.other_number
left join country_zone on event.visited_country = country_zone.country_code;

-- Step 36: say of each event what its price depends on.
--
-- All of it is put in one key, so that the steps after this one look up rates and
-- allowances once for each situation and not for each event. Its elements are:
--   1 offering (product_tmpl_id), 2 tariff, 3 usage type, 4 direction (1 outgoing,
--   0 incoming), 5 destination (0 none), 6 roaming zone (0 home network, -1 a visited
--   country of no zone, which no rate matches), 7 civil day since 2000-01-01,
--   8 network (1 on-net), 9 set of time bands (0 none), 10 subscription, where it has
--   one-shot allowances around that day (else 0), 11 wholesale tariff (0 none).
-- Only an outgoing event to a number needs a destination: data has none, and whoever
-- calls in may hide theirs.
--
-- grain:      one row per event to rate
-- reads:      rating_event, rating_tariff, rating_destination, rating_time_slot,
--             rating_grant, telecom_roaming_zone, res_country
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
),

grant_holder as (
    select
        bond.subscription_id,
        min(bond.valid_from) as valid_from,
        max(bond.valid_to) as valid_to
    from rating_grant as bond
    group by bond.subscription_id
)

select
    event.event_id,
    event.event_key,
    event.started_at,
    event.month_date,
    event.is_late,
    event.subscription_id,
    tariff.billing_account_id,
    tariff.product_id,
    array[
        tariff.product_tmpl_id,
        tariff.tariff_id,
        event.usage_type_id,
        (event.direction = 'outgoing')::integer,
        coalesce(destination.destination_id, 0),
        case
            when event.visited_country is null then 0
            else coalesce(country_zone.zone_id, -1)
        end,
        event.started_date - date '2000-01-01',
        event.is_on_net::integer,
        coalesce(slot.band_set_id, 0),
        coalesce(grant_holder.subscription_id, 0),
        coalesce(event.wholesale_tariff_id, 0)
    ] as situation_key,
    event.quantity,
    case
        when tariff.tariff_id is null then 'no_tariff'
        when
            event.direction = 'outgoing'
            and event.number_head is not null
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
    on event.number_head = destination.number_head
left join country_zone on event.visited_country = country_zone.country_code
left join rating_time_slot as slot
    on
        event.started_date = slot.slot_date
        and event.slot_number = slot.slot_number
left join grant_holder
    on
        event.subscription_id = grant_holder.subscription_id
        and event.started_date >= grant_holder.valid_from
        and event.started_date < grant_holder.valid_to;

-- Step 36: list the situations that events are priced in.
--
-- A million events share some ten thousand situations: rates and allowances are
-- looked up for these only.
--
-- grain:      one row per offering, tariff, usage type, direction, destination, roaming
--             zone and civil day that has events
-- reads:      rating_classified
-- writes:     rating_situation (temporary)
-- idempotent: reads only
create temporary table rating_situation on commit drop as
with situation as (
    select distinct
        event.product_tmpl_id,
        event.tariff_id,
        event.usage_type_id,
        event.direction,
        event.destination_key,
        event.zone_key,
        event.started_date
    from rating_classified as event
    where event.reason is null
)

select
    row_number() over () as situation_id,
    situation.product_tmpl_id,
    situation.tariff_id,
    situation.usage_type_id,
    situation.direction,
    situation.destination_key,
    situation.zone_key,
    situation.started_date
from situation;

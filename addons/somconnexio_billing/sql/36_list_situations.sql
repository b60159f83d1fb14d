-- Step 36: list the situations that events are priced in.
--
-- grain:      one row per situation key (see step 35) that has events
-- reads:      rating_classified
-- writes:     rating_situation (temporary)
-- idempotent: reads only
create temporary table rating_situation on commit drop as
with situation as (
    select distinct event.situation_key
    from rating_classified as event
    where event.reason is null
)

select
    row_number() over ()::integer as situation_id,
    situation.situation_key,
    situation.situation_key[1] as product_tmpl_id,
    situation.situation_key[2] as tariff_id,
    situation.situation_key[3] as usage_type_id,
    case situation.situation_key[4] when 1 then 'outgoing' else 'incoming' end
        as direction,
    situation.situation_key[5] as destination_key,
    situation.situation_key[6] as zone_key,
    date '2000-01-01' + situation.situation_key[7] as started_date
from situation;

-- Step 37: list the situations that events are priced in.
--
-- grain:      one row per situation key (see step 36) that has events or segments
-- reads:      rating_classified, rating_segment
-- writes:     rating_situation (temporary)
-- idempotent: reads only
create temporary table rating_situation on commit drop as
with situation as (
    select event.situation_key
    from rating_classified as event
    where event.reason is null
    union distinct
    select segment.rate_key as situation_key
    from rating_segment as segment
    union distinct
    select segment.draw_key as situation_key
    from rating_segment as segment
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
    date '2000-01-01' + situation.situation_key[7] as started_date,
    date_trunc('month', date '2000-01-01' + situation.situation_key[7])::date
        as month_date,
    case situation.situation_key[8] when 1 then 'on_net' else 'off_net' end
        as network,
    situation.situation_key[9] as band_set_id,
    situation.situation_key[10] as grant_holder_id,
    situation.situation_key[11] as wholesale_tariff_id
from situation;

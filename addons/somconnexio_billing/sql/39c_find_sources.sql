-- Step 39c: find the sources that each situation may draw on.
--
-- Those of its offering and month, and the one-shot ones of its subscription, that fit
-- the usage type, the direction, the destination, the network, the place and the time.
--
-- grain:      one row per situation and source that fits it
-- reads:      rating_situation, rating_source, rating_band_set, telecom_allowance and
--             its destinations and zones
-- writes:     rating_fit (temporary); source ids ascend in the order of drawing
-- params:     timezone
-- idempotent: reads only
create temporary table rating_fit on commit drop as
with situation_source as (
    select
        situation.situation_id,
        source.source_id
    from rating_situation as situation
    inner join rating_source as source
        on
            situation.product_tmpl_id = source.product_tmpl_id
            and situation.month_date = source.month_date
            and source.grant_id is null
    union all
    select
        situation.situation_id,
        source.source_id
    from rating_situation as situation
    inner join rating_source as source
        on
            situation.grant_holder_id = source.subscription_id
            and situation.month_date = source.month_date
            and source.grant_id is not null
            and (situation.started_date + 1)::timestamp
            at time zone %(timezone)s at time zone 'UTC' > source.valid_from_at
            and situation.started_date::timestamp
            at time zone %(timezone)s at time zone 'UTC' < source.expires_at
)

select
    situation.situation_id,
    source.source_id,
    source.is_money
from situation_source
inner join rating_situation as situation
    on situation_source.situation_id = situation.situation_id
inner join rating_source as source
    on situation_source.source_id = source.source_id
inner join telecom_allowance as allowance on source.allowance_id = allowance.id
where
    coalesce(allowance.usage_type_id, situation.usage_type_id)
    = situation.usage_type_id
    and coalesce(nullif(allowance.direction, ''), situation.direction)
    = situation.direction
    and allowance.network in ('any', situation.network)
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
    and (
        allowance.time_band_id is null
        or exists (
            select
            from rating_band_set as band
            where
                band.band_set_id = situation.band_set_id
                and band.band_id = allowance.time_band_id
        )
    );

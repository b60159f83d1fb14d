-- Step 33b: list the time bands of each set of bands that holds some slot.
--
-- grain:      one row per set and band
-- reads:      rating_time_slot
-- writes:     rating_band_set (temporary); band_rank 1 goes first
-- idempotent: reads only
create temporary table rating_band_set on commit drop as
with band_set as (
    select distinct
        slot.band_set_id,
        slot.band_ids
    from rating_time_slot as slot
    where slot.band_set_id > 0
)

select
    band_set.band_set_id,
    band.band_id,
    band.band_rank::integer as band_rank
from band_set
cross join
    lateral unnest(band_set.band_ids)
    with ordinality as band (band_id, band_rank);

-- Step 32b: list the windows of the time bands that some rate or allowance names.
--
-- Bands that nobody names cost nothing: without windows a day is one slot.
--
-- grain:      one row per window
-- reads:      telecom_time_band, telecom_time_band_window, telecom_tariff_rate,
--             telecom_allowance
-- writes:     rating_band_window (temporary)
-- idempotent: reads only
create temporary table rating_band_window on commit drop as
with band_named as (
    select rate.time_band_id as band_id
    from telecom_tariff_rate as rate
    where rate.time_band_id is not null
    union distinct
    select allowance.time_band_id as band_id
    from telecom_allowance as allowance
    where allowance.time_band_id is not null
)

select
    band.id as band_id,
    band.sequence,
    band.calendar_id,
    band_window.day_kind,
    band_window.start_minute,
    band_window.end_minute
from band_named
inner join telecom_time_band as band on band_named.band_id = band.id
inner join telecom_time_band_window as band_window
    on band.id = band_window.band_id;

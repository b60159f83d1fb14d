-- Provisional rating: a digest of all that prices are made of.
--
-- It differs after any row was added, changed or deleted, so that a price that changed
-- is never overlooked; a change that leaves prices alone costs a full rating.
--
-- grain:      one row
-- reads:      tariffs, rates, tiers, allowances, grants, bands, calendars,
--             destinations, prefixes, zones, product_template (offerings with a tariff)
-- idempotent: reads only
with priced_by as (
    select
        'telecom_tariff' as table_name,
        count(*) as row_count,
        max(id) as last_id,
        max(write_date) as written_at
    from telecom_tariff

    union all

    select
        'telecom_tariff_rate' as table_name,
        count(*) as row_count,
        max(id) as last_id,
        max(write_date) as written_at
    from telecom_tariff_rate

    union all

    select
        'telecom_tariff_tier' as table_name,
        count(*) as row_count,
        max(id) as last_id,
        max(write_date) as written_at
    from telecom_tariff_tier

    union all

    select
        'telecom_allowance' as table_name,
        count(*) as row_count,
        max(id) as last_id,
        max(write_date) as written_at
    from telecom_allowance

    union all

    select
        'telecom_allowance_grant' as table_name,
        count(*) as row_count,
        max(id) as last_id,
        max(write_date) as written_at
    from telecom_allowance_grant

    union all

    select
        'telecom_time_band' as table_name,
        count(*) as row_count,
        max(id) as last_id,
        max(write_date) as written_at
    from telecom_time_band

    union all

    select
        'telecom_time_band_window' as table_name,
        count(*) as row_count,
        max(id) as last_id,
        max(write_date) as written_at
    from telecom_time_band_window

    union all

    select
        'telecom_holiday_calendar_date' as table_name,
        count(*) as row_count,
        max(id) as last_id,
        max(write_date) as written_at
    from telecom_holiday_calendar_date

    union all

    select
        'telecom_destination' as table_name,
        count(*) as row_count,
        max(id) as last_id,
        max(write_date) as written_at
    from telecom_destination

    union all

    select
        'telecom_destination_prefix' as table_name,
        count(*) as row_count,
        max(id) as last_id,
        max(write_date) as written_at
    from telecom_destination_prefix

    union all

    select
        'telecom_roaming_zone' as table_name,
        count(*) as row_count,
        max(id) as last_id,
        max(write_date) as written_at
    from telecom_roaming_zone

    union all

    select
        'product_template' as table_name,
        count(*) as row_count,
        max(id) as last_id,
        max(write_date) as written_at
    from product_template
    where telecom_tariff_id is not null
)

select
    md5(
        string_agg(
            concat_ws(' ', table_name, row_count, last_id, written_at), '|'
            order by table_name
        )
    ) as digest
from priced_by;

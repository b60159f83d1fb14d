-- Insert the tiers of rates.
--
-- grain:      one row per tier
-- reads:      nothing
-- writes:     telecom_tariff_tier; a tier without end has the quantity zero
-- params:     tiers (JSON list of rate_id, up_to_quantity, unit_price), company_id,
--             user_id
-- idempotent: no
insert into telecom_tariff_tier (
    rate_id,
    company_id,
    up_to_quantity,
    is_open,
    unit_price,
    create_uid,
    create_date,
    write_uid,
    write_date
)
select
    tier.rate_id,
    %(company_id)s,
    coalesce(tier.up_to_quantity, 0) as up_to_quantity,
    coalesce(tier.up_to_quantity, 0) = 0 as is_open,
    tier.unit_price,
    %(user_id)s as create_uid,
    now() at time zone 'UTC' as create_date,
    %(user_id)s as write_uid,
    now() at time zone 'UTC' as write_date
from jsonb_to_recordset(%(tiers)s::jsonb) as tier (
        rate_id integer,
        up_to_quantity numeric,
        unit_price numeric
    )

-- Step 21: write down the keys that partners have and that are not there yet.
-- Grain:      one row per key.
-- Reads:      telecom_partner_key.
-- Writes:     telecom_partner_key.
-- Params:     partner_ids, kinds, key_values (arrays of equal length).
-- Idempotent: yes.
insert into telecom_partner_key (partner_id, kind, value)
select
    fresh.partner_id,
    fresh.kind,
    fresh.value
from
    unnest(%(partner_ids)s::integer[], %(kinds)s::text[], %(key_values)s::text[])
        as fresh (partner_id, kind, value)
on conflict (partner_id, kind, value) do nothing

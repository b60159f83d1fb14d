-- Step 20: take away the keys that partners no longer have.
-- Grain:      one row per key.
-- Reads:      telecom_partner_key.
-- Writes:     telecom_partner_key.
-- Params:     all_partner_ids (whose keys are told in full), partner_ids, kinds,
--             key_values (arrays of equal length: the keys they have).
-- Idempotent: yes.
delete from telecom_partner_key as partner_key
where
    partner_key.partner_id = any(%(all_partner_ids)s)
    and not exists (
        select
        from
            unnest(
                %(partner_ids)s::integer[], %(kinds)s::text[], %(key_values)s::text[]
            ) as kept (partner_id, kind, value)
        where
            kept.partner_id = partner_key.partner_id
            and kept.kind = partner_key.kind
            and kept.value = partner_key.value
    )

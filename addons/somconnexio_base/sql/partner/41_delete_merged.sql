-- Step 41: take away the pairs of partners that are merged into another.
-- Grain:      one row per pair.
-- Reads:      telecom_partner_duplicate.
-- Writes:     telecom_partner_duplicate.
-- Params:     source_ids (partners that go).
-- Idempotent: yes.
delete from telecom_partner_duplicate
where
    partner_id = any(%(source_ids)s)
    or other_partner_id = any(%(source_ids)s)

-- Step 61: forget the findings whose block is small again.
-- Grain:      one row per key.
-- Reads:      telecom_partner_key.
-- Writes:     telecom_partner_finding.
-- Params:     max_block.
-- Idempotent: yes.
delete from telecom_partner_finding as finding
where (
    select count(*)
    from telecom_partner_key as partner_key
    where
        partner_key.kind = finding.kind
        and partner_key.value = finding.value
) <= %(max_block)s

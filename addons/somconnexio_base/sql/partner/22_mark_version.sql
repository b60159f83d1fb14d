-- Step 22: note that the keys of partners are made as they are made now.
-- Grain:      one row per partner.
-- Reads:      res_partner.
-- Writes:     res_partner.
-- Params:     partner_ids, version.
-- Idempotent: yes.
update res_partner
set telecom_key_version = %(version)s
where id = any(%(partner_ids)s)

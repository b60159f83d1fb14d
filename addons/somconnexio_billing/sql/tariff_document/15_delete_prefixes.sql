-- Delete the prefixes of destinations that get others.
--
-- grain:      one row per prefix
-- reads:      nothing
-- writes:     telecom_destination_prefix
-- params:     destination_ids
-- idempotent: yes
delete from telecom_destination_prefix as prefix
where prefix.destination_id = any(%(destination_ids)s)

-- Delete the tiers of rates that get others.
--
-- grain:      one row per tier
-- reads:      nothing
-- writes:     telecom_tariff_tier
-- params:     rate_ids
-- idempotent: yes
delete from telecom_tariff_tier as tier
where tier.rate_id = any(%(rate_ids)s)

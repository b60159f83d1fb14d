-- Take the database's prefixes and roaming countries out of a rating's way.
--
-- A document brings its own numbering, and both are unique over all companies. Only
-- run in a transaction, or below a savepoint, that is rolled back.
--
-- grain:      every row
-- reads:      nothing
-- writes:     telecom_destination_prefix, telecom_roaming_zone_country_rel
-- idempotent: yes
with prefix_cleared as (
    delete from telecom_destination_prefix
)

delete from telecom_roaming_zone_country_rel;

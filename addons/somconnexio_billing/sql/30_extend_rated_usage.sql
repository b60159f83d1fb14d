-- Extend the table of rated usage that an earlier version made.
--
-- grain:      nothing is read or written but the definition
-- reads:      nothing
-- writes:     telecom_rated_usage (columns)
-- idempotent: adds only what is missing
alter table telecom_rated_usage
add column if not exists network varchar,
add column if not exists time_band_id integer,
add column if not exists allowance_amount numeric,
add column if not exists capped_amount numeric,
add column if not exists margin numeric,
add column if not exists breakdown jsonb;

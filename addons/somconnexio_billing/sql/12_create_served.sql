-- Step 12: the table of the numbers that usage can be of.
-- Grain:      as telecom_served_number, of one company.
-- Writes:     usage_served (temporary, of this transaction).
-- Idempotent: creates it if missing.
create temporary table if not exists usage_served (
    number varchar not null,
    subscription_id integer,
    start_at timestamp,
    end_at timestamp
) on commit drop

-- Step 31: what the records of one kind say now, in the words of the source.
-- Grain:      one row per external id.
-- Writes:     migration_fact (temporary), filled by one statement of facts/.
-- Idempotent: creates it if missing.
create temporary table if not exists migration_fact (
    external_id varchar not null,
    facts text,
    amount numeric
) on commit drop

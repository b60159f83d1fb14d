-- Step 30: the rows of one kind that were taken, each with its record.
-- Grain:      one row per external id.
-- Writes:     migration_taken (temporary), filled by step 33.
-- Idempotent: creates it if missing.
create temporary table if not exists migration_taken (
    external_id varchar not null,
    content jsonb not null,
    res_id integer not null
) on commit drop

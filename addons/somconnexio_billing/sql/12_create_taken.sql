-- Step 12: the table of the staged lines that made an event, a batch at a time.
-- Grain:      one row per line of the file whose record became an event.
-- Writes:     usage_taken (temporary, of this transaction).
-- Idempotent: creates it if missing.
create temporary table if not exists usage_taken (
    line_number integer not null
) on commit drop

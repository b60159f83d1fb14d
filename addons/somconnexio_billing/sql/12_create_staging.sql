-- Step 12: the table that decoded rows are copied into, a batch at a time.
-- Grain:      one row per usage line of the file: a usage record, or, with a reason,
--             a line that could not be read. Columns as mediation/copy_text.py writes.
-- Writes:     usage_staged (temporary, of this transaction).
-- Idempotent: creates it if missing.
create temporary table if not exists usage_staged (
    line_number integer not null,
    external_id varchar,
    usage_type varchar,
    direction varchar,
    served_number varchar,
    other_number varchar,
    started_at timestamp,
    quantity numeric,
    visited_country varchar,
    wholesale_cost numeric,
    raw_line text not null,
    event_key uuid,
    reason varchar,
    field_name varchar,
    detail varchar,
    expected varchar
) on commit drop

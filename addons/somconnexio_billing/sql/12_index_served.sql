-- Step 12: find a number's holders without reading all of them for each batch.
-- Writes:     usage_served (its index).
-- Idempotent: creates it if missing.
create index if not exists usage_served_index on usage_served (number)

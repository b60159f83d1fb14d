-- Step 13: the decoded rows of one batch, from the client's stream.
-- Grain:      one row per usage line.
-- Writes:     usage_staged, columns in its own order.
-- Idempotent: no; the table is cleared between batches.
copy usage_staged from stdin

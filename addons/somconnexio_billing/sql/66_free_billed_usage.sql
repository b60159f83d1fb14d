-- Step 66: let the rating price the billed usage as if it were new.
-- Grain:      one row per rated usage of correction_billed
-- Reads:      correction_billed
-- Writes:     telecom_rated_usage (deletes)
-- Params:     start_at, end_at
-- Idempotent: inside a savepoint that is rolled back; no bill loses its usage.
delete from telecom_rated_usage as usage
using correction_billed as billed
where
    usage.event_id = billed.event_id
    and usage.started_at = billed.started_at
    and usage.started_at >= %(start_at)s
    and usage.started_at < %(end_at)s

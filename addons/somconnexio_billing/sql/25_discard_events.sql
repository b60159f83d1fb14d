-- Step 25: give up events in suspense that never will be billed.
-- Grain:      one row per event in suspense.
-- Writes:     telecom_usage_event: state, reason, discard_id, discarded_reason.
-- Params:     event_ids, company_id, discard_id.
-- Idempotent: what is discarded already is left alone.
update telecom_usage_event
set
    state = 'discarded',
    reason = null,
    discarded_reason = reason,
    discard_id = %(discard_id)s
where
    id = any(%(event_ids)s::bigint[])
    and company_id = %(company_id)s
    and state = 'received'
returning file_id

-- Step 26: take back that events were given up: they wait again, for what they did.
-- Grain:      one row per discarded event.
-- Writes:     telecom_usage_event: state, reason, discard_id, discarded_reason.
-- Params:     event_ids, company_ids.
-- Idempotent: what is not discarded is left alone.
update telecom_usage_event
set
    state = 'received',
    reason = discarded_reason,
    discarded_reason = null,
    discard_id = null
where
    id = any(%(event_ids)s::bigint[])
    and company_id = any(%(company_ids)s)
    and state = 'discarded'
returning file_id

-- Step 26: take back that rejected rows were given up.
-- Grain:      one row per discarded rejection.
-- Writes:     telecom_usage_rejection: state, discard_id.
-- Params:     rejection_ids, company_ids, user_id.
-- Idempotent: what is not discarded is left alone.
update telecom_usage_rejection
set
    state = 'rejected',
    discard_id = null,
    write_uid = %(user_id)s,
    write_date = now() at time zone 'utc'
where
    id = any(%(rejection_ids)s::integer[])
    and company_id = any(%(company_ids)s)
    and state = 'discarded'
returning file_id

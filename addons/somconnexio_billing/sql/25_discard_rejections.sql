-- Step 25: give up rejected rows that never will be usage.
-- Grain:      one row per rejection that stands.
-- Writes:     telecom_usage_rejection: state, discard_id.
-- Params:     rejection_ids, company_id, discard_id, user_id.
-- Idempotent: what is discarded already is left alone.
update telecom_usage_rejection
set
    state = 'discarded',
    discard_id = %(discard_id)s,
    write_uid = %(user_id)s,
    write_date = now() at time zone 'utc'
where
    id = any(%(rejection_ids)s::integer[])
    and company_id = %(company_id)s
    and state = 'rejected'
returning file_id

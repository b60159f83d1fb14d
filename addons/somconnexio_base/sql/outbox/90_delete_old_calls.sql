-- Step 90: delete the calls that ended longer ago than their endpoint keeps them.
-- Their attempts go with them.
-- Grain:      one row per call.
-- Reads:      telecom_outbox_endpoint
-- Writes:     telecom_outbox (deletes), telecom_outbox_attempt (by its foreign key)
-- Params:     now.
-- Idempotent: yes.
delete from telecom_outbox as call
using telecom_outbox_endpoint as endpoint
where
    call.endpoint_id = endpoint.id
    and call.state in ('done', 'cancelled')
    and endpoint.keep_days > 0
    and call.write_date < %(now)s - make_interval(days => endpoint.keep_days)

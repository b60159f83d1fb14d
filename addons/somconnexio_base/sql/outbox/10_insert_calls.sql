-- Step 10: keep calls to be made, all of one endpoint.
-- Grain:      one row per call.
-- Reads:      -
-- Writes:     telecom_outbox
-- Params:     rows (a JSON list of objects), endpoint_id, company_id, user_id, now.
-- Idempotent: a key that the endpoint has already is left as it is.
insert into telecom_outbox (
    endpoint_id,
    company_id,
    idempotency_key,
    method,
    path,
    body,
    subject,
    event_type,
    res_model,
    res_id,
    state,
    due_at,
    claim_count,
    attempt_count,
    ask_count,
    create_uid,
    create_date,
    write_uid,
    write_date
)
select
    %(endpoint_id)s,
    %(company_id)s,
    call.idempotency_key,
    call.method,
    call.path,
    call.body,
    call.subject,
    call.event_type,
    call.res_model,
    call.res_id,
    'pending',
    cast(%(now)s as timestamp),
    0,
    0,
    0,
    %(user_id)s as create_uid,
    cast(%(now)s as timestamp) as create_date,
    %(user_id)s as write_uid,
    cast(%(now)s as timestamp) as write_date
from jsonb_to_recordset(cast(%(rows)s as jsonb)) as call (
        position integer,
        idempotency_key text,
        method text,
        path text,
        body text,
        subject text,
        event_type text,
        res_model text,
        res_id integer
    )
order by call.position
on conflict (endpoint_id, idempotency_key) do nothing

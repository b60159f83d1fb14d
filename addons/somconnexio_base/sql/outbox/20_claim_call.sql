-- Step 20: claim the call whose turn it is: to be sent, or to be asked about.
-- A call about a subject waits until those before it are done or given up. Endpoints
-- that rest are left out, unless one is named to be probed.
-- Grain:      one row, or none.
-- Reads:      telecom_outbox_endpoint
-- Writes:     telecom_outbox
-- Params:     now, endpoint_ids (null: all), call_id (null: any), probe_endpoint_id
--             (null: none), lease_seconds.
-- Idempotent: no; each time another call. Rows that somebody holds are passed over.
with due as (
    select
        call.id,
        call.state,
        endpoint.connect_timeout_seconds + endpoint.answer_timeout_seconds
            as timeout_seconds
    from telecom_outbox as call
    inner join telecom_outbox_endpoint as endpoint on call.endpoint_id = endpoint.id
    where
        call.state in ('pending', 'unknown')
        and call.due_at <= %(now)s
        and (call.lease_until_at is null or call.lease_until_at < %(now)s)
        and endpoint.state = 'enabled'
        and (
            cast(%(endpoint_ids)s as integer[]) is null
            or endpoint.id = any(%(endpoint_ids)s)
        )
        and (cast(%(call_id)s as integer) is null or call.id = %(call_id)s)
        and (
            endpoint.id = cast(%(probe_endpoint_id)s as integer)
            or (
                endpoint.breaker_state = 'closed'
                and (endpoint.resume_at is null or endpoint.resume_at <= %(now)s)
            )
        )
        and (
            call.subject is null
            or not exists (
                select 1
                from telecom_outbox as earlier
                where
                    earlier.endpoint_id = call.endpoint_id
                    and earlier.subject = call.subject
                    and earlier.id < call.id
                    and earlier.state not in ('done', 'cancelled')
            )
        )
    order by call.due_at, call.id
    limit 1
    for update of call skip locked
)

update telecom_outbox as call
set
    state = case when due.state = 'pending' then 'sending' else due.state end,
    claim_count = call.claim_count + 1,
    attempt_count = call.attempt_count
    + case when due.state = 'pending' then 1 else 0 end,
    ask_count = call.ask_count + case when due.state = 'pending' then 0 else 1 end,
    lease_until_at = %(now)s
    + make_interval(secs => due.timeout_seconds + %(lease_seconds)s)
from due
where call.id = due.id
returning call.id

-- Step 21: let one call probe an endpoint whose pause is over.
-- While the probe is under way nobody else probes; should it never come back, the
-- next one may after the lease.
-- Grain:      one endpoint, or none.
-- Reads:      telecom_outbox
-- Writes:     telecom_outbox_endpoint
-- Params:     now, endpoint_ids (null: all), lease_seconds.
-- Idempotent: no; the pause begins anew.
update telecom_outbox_endpoint as endpoint
set
    breaker_state = 'half_open',
    resume_at = %(now)s + make_interval(
        secs => endpoint.connect_timeout_seconds
        + endpoint.answer_timeout_seconds
        + %(lease_seconds)s
    )
where endpoint.id = (
        select broken.id
        from telecom_outbox_endpoint as broken
        where
            broken.breaker_state in ('open', 'half_open')
            and (broken.resume_at is null or broken.resume_at <= %(now)s)
            and broken.state = 'enabled'
            and (
                cast(%(endpoint_ids)s as integer[]) is null
                or broken.id = any(%(endpoint_ids)s)
            )
            and exists (
                select 1
                from telecom_outbox as call
                where
                    call.endpoint_id = broken.id
                    and call.state in ('pending', 'unknown')
                    and call.due_at <= %(now)s
            )
        order by broken.resume_at
        limit 1
        for update skip locked
    )
returning endpoint.id

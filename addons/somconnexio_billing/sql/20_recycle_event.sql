-- Step 20: guide again the events that wait for their number.
-- Grain:      one row per event in suspense for unknown_number or number_not_in_use.
-- Reads:      telecom_usage_event, telecom_served_number.
-- Writes:     telecom_usage_event: state, reason, subscription_id. An event that now
--             has a holder is recycled; one whose number has become known without a
--             holder at that instant waits for another reason.
-- Params:     company_ids; event_ids, or null for all.
-- Idempotent: yes.
with usage_suspended as (
    select
        event.id,
        event.started_at,
        event.reason,
        served.subscription_id,
        case
            when served.subscription_id is not null then null
            when exists (
                    select 1
                    from telecom_served_number as known
                    where
                        known.number = event.served_number
                        and known.company_id = event.company_id
                ) then 'number_not_in_use'
            else 'unknown_number'
        end as new_reason
    from telecom_usage_event as event
    left join telecom_served_number as served
        on
            event.served_number = served.number
            and event.company_id = served.company_id
            and event.started_at >= served.start_at
            and (served.end_at is null or event.started_at < served.end_at)
    where
        event.state = 'received'
        and event.reason in ('unknown_number', 'number_not_in_use')
        and event.company_id = any(%(company_ids)s)
        and (
            %(event_ids)s::bigint[] is null
            or event.id = any(%(event_ids)s::bigint[])
        )
)

update telecom_usage_event as event
set
    state = case when suspended.new_reason is null then 'recycled' else 'received' end,
    reason = suspended.new_reason,
    subscription_id = suspended.subscription_id
from usage_suspended as suspended
where
    event.id = suspended.id
    and event.started_at = suspended.started_at
    and suspended.new_reason is distinct from suspended.reason
returning event.file_id, event.state

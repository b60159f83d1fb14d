-- Step 15: staged records become usage events, guided to who held the number.
-- Grain:      one row per event key. The first line that tells an event makes it; a
--             key that exists already is left alone, and step 17 says where it is.
-- Reads:      usage_staged, telecom_usage_type, usage_served.
-- Writes:     telecom_usage_event; usage_taken, the lines that made an event.
-- Params:     company_id, file_id, guided_state (guided; recycled after a correction).
-- Idempotent: by the unique key. Should another transaction have inserted a key since
--             this one began, PostgreSQL raises a serialisation failure: run it again.
with usage_guided as (
    select
        staged.line_number,
        staged.external_id,
        usage_type.id as usage_type_id,
        staged.direction,
        staged.served_number,
        staged.other_number,
        staged.started_at,
        staged.quantity,
        staged.visited_country,
        staged.wholesale_cost,
        staged.event_key,
        served.subscription_id,
        case
            when served.subscription_id is not null then null
            when exists (
                    select 1
                    from usage_served as known
                    where known.number = staged.served_number
                ) then 'number_not_in_use'
            else 'unknown_number'
        end as suspense_reason
    from usage_staged as staged
    inner join telecom_usage_type as usage_type on staged.usage_type = usage_type.code
    left join usage_served as served
        on
            staged.served_number = served.number
            and staged.started_at >= served.start_at
            and (served.end_at is null or staged.started_at < served.end_at)
    where staged.reason is null
),

event_inserted as (
    insert into telecom_usage_event (
        started_at,
        event_key,
        company_id,
        file_id,
        line_number,
        usage_type_id,
        subscription_id,
        state,
        reason,
        direction,
        served_number,
        other_number,
        quantity,
        visited_country,
        wholesale_cost,
        external_id
    )
    select
        started_at,
        event_key,
        %(company_id)s,
        %(file_id)s,
        line_number,
        usage_type_id,
        subscription_id,
        case
            when suspense_reason is null then %(guided_state)s
            else 'received'
        end as state,
        suspense_reason as reason,
        direction,
        served_number,
        other_number,
        quantity,
        visited_country,
        wholesale_cost,
        external_id
    from usage_guided
    order by line_number, subscription_id
    on conflict (started_at, event_key) do nothing
    returning line_number
)

insert into usage_taken (line_number)
select line_number
from event_inserted

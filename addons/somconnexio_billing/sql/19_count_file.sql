-- Step 19: count what the rows of files are now.
-- Grain:      one row per file.
-- Reads:      telecom_usage_event, telecom_usage_rejection.
-- Writes:     telecom_usage_file: event_count, suspended_count, duplicate_count,
--             rejected_count, discarded_count, wholesale_cost.
-- Params:     file_ids.
-- Idempotent: yes.
-- Rule:       events that retention has removed still count as events; the
--             cost is that of the events that are there.
with event_counted as (
    select
        file_id,
        count(*) as event_count,
        count(*) filter (where state = 'received') as suspended_count,
        count(*) filter (where state = 'discarded') as discarded_count,
        sum(wholesale_cost) as wholesale_cost
    from telecom_usage_event
    where file_id = any(%(file_ids)s)
    group by file_id
),

rejection_counted as (
    select
        file_id,
        count(*) filter (where reason = 'duplicate') as duplicate_count,
        count(*) filter (where reason <> 'duplicate') as rejected_count,
        count(*) filter (where state = 'discarded') as discarded_count
    from telecom_usage_rejection
    where
        file_id = any(%(file_ids)s)
        and state <> 'recycled'
    group by file_id
)

update telecom_usage_file as file
set
    event_count = coalesce(event_counted.event_count, 0)
    + coalesce(file.expired_count, 0),
    suspended_count = coalesce(event_counted.suspended_count, 0),
    duplicate_count = coalesce(rejection_counted.duplicate_count, 0),
    rejected_count = coalesce(rejection_counted.rejected_count, 0),
    discarded_count = coalesce(event_counted.discarded_count, 0)
    + coalesce(rejection_counted.discarded_count, 0),
    wholesale_cost = coalesce(event_counted.wholesale_cost, 0)
from telecom_usage_file as counted
left join event_counted on counted.id = event_counted.file_id
left join rejection_counted on counted.id = rejection_counted.file_id
where
    counted.id = file.id
    and file.id = any(%(file_ids)s)

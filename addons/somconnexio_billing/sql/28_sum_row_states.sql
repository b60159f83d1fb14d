-- Step 28: in which state of TM Forum's TMF635 the rows of files are.
-- Grain:      one row per file and state.
-- Reads:      telecom_usage_file, telecom_usage_event, telecom_rated_usage,
--             telecom_usage_rejection, telecom_bill_run_account.
-- Params:     file_ids.
-- Idempotent: reads only.
-- Rule:       a duplicate or discarded row is a rejected one; a recycled rejection is
--             an event; what retention removed was billed, or discarded.
with event_state as (
    select
        event.file_id,
        case
            when bill.id is not null then 'billed'
            when rated.version > 1 then 'rerated'
            when rated.version = 1 then 'rated'
            when event.state = 'discarded' then 'rejected'
            else event.state
        end as state
    from telecom_usage_event as event
    left join telecom_rated_usage as rated
        on
            event.id = rated.event_id
            and event.started_at = rated.started_at
    left join telecom_bill_run_account as bill
        on
            rated.bill_run_id = bill.run_id
            and rated.billing_account_id = bill.billing_account_id
            and bill.state in ('posted', 'delivered')
    where event.file_id = any(%(file_ids)s)
),

row_state as (
    select
        event_state.file_id,
        event_state.state,
        count(*) as row_count
    from event_state
    group by event_state.file_id, event_state.state

    union all

    select
        rejection.file_id,
        'rejected' as state,
        count(*) as row_count
    from telecom_usage_rejection as rejection
    where
        rejection.file_id = any(%(file_ids)s)
        and rejection.state <> 'recycled'
    group by rejection.file_id

    union all

    select
        file.id as file_id,
        'billed' as state,
        file.expired_count - file.expired_discarded_count as row_count
    from telecom_usage_file as file
    where
        file.id = any(%(file_ids)s)
        and file.expired_count > file.expired_discarded_count

    union all

    select
        file.id as file_id,
        'rejected' as state,
        file.expired_discarded_count as row_count
    from telecom_usage_file as file
    where
        file.id = any(%(file_ids)s)
        and file.expired_discarded_count > 0
)

select
    row_state.file_id,
    row_state.state,
    sum(row_state.row_count)::bigint as row_count
from row_state
group by row_state.file_id, row_state.state
order by row_state.file_id, row_state.state

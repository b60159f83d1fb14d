-- Control: every row of a loaded file is a usage event or a rejection.
-- Grain:   one row per file of the run whose rows do not add up
-- Reads:   telecom_usage_file, telecom_usage_event, telecom_usage_rejection
-- Params:  run_id, company_id
-- Rule:    a rejection that was recycled has become an event and counts as one.
with

file as (
    select
        file.id,
        file.name,
        file.row_count
    from telecom_usage_file as file
    where
        file.telecom_bill_run_id = %(run_id)s
        and file.state = 'loaded'
),

event_total as (
    select
        event.file_id,
        count(*) as row_count
    from telecom_usage_event as event
    where event.file_id in (select file.id from file)
    group by event.file_id
),

rejection_total as (
    select
        rejection.file_id,
        count(*) as row_count
    from telecom_usage_rejection as rejection
    where
        rejection.file_id in (select file.id from file)
        and rejection.state <> 'recycled'
    group by rejection.file_id
)

select
    null::integer as billing_account_id,
    file.id as res_id,
    concat(
        file.name,
        ': ',
        file.row_count,
        ' <> ',
        coalesce(event_total.row_count, 0),
        ' + ',
        coalesce(rejection_total.row_count, 0)
    ) as detail
from file
left join event_total
    on file.id = event_total.file_id
left join rejection_total
    on file.id = rejection_total.file_id
where
    file.row_count
    <> coalesce(event_total.row_count, 0) + coalesce(rejection_total.row_count, 0)
order by file.id

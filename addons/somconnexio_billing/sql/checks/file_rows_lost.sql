-- Control: every row of a loaded file is in exactly one place, and counted there.
-- Grain:   one row per file of the run, or backed out, whose rows do not add up
-- Reads:   telecom_usage_file, telecom_usage_event, telecom_usage_rejection
-- Params:  run_id, company_id
-- Rule:    an event is in one state by its row; a rejection that was recycled has
--          become an event and counts as one. Events that retention removed are
--          counted on the file. Nothing is left of a file that was backed out.
with

file as (
    select
        file.id,
        file.name,
        file.row_count,
        file.event_count,
        file.duplicate_count + file.rejected_count as rejection_count,
        coalesce(file.expired_count, 0) as expired_count
    from telecom_usage_file as file
    where
        (file.telecom_bill_run_id = %(run_id)s and file.state = 'loaded')
        or (file.company_id = %(company_id)s and file.state = 'backed_out')
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
),

twice_total as (
    select
        rejection.file_id,
        count(*) as row_count
    from telecom_usage_rejection as rejection
    inner join telecom_usage_event as event
        on
            rejection.file_id = event.file_id
            and rejection.line_number = event.line_number
    where
        rejection.file_id in (select file.id from file)
        and rejection.state <> 'recycled'
    group by rejection.file_id
),

total as (
    select
        file.id,
        file.name,
        file.row_count,
        file.event_count,
        file.rejection_count,
        file.expired_count,
        coalesce(event_total.row_count, 0) as event_rows,
        coalesce(rejection_total.row_count, 0) as rejection_rows,
        coalesce(twice_total.row_count, 0) as twice_rows
    from file
    left join event_total
        on file.id = event_total.file_id
    left join rejection_total
        on file.id = rejection_total.file_id
    left join twice_total
        on file.id = twice_total.file_id
)

select
    null::integer as billing_account_id,
    total.id as res_id,
    concat(
        total.name,
        ': ',
        total.row_count,
        ' <> ',
        total.event_rows,
        ' + ',
        total.expired_count,
        ' + ',
        total.rejection_rows,
        case when total.twice_rows > 0 then concat(', twice: ', total.twice_rows) end
    ) as detail
from total
where
    total.twice_rows > 0
    or total.row_count
    <> total.event_rows + total.expired_count + total.rejection_rows
    or total.event_count <> total.event_rows + total.expired_count
    or total.rejection_count <> total.rejection_rows
order by total.id

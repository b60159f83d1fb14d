-- Step 37: the records that do not say what their row says.
-- Grain:      one row per row taken, at most row_limit.
-- Reads:      telecom_migration_row, migration_fact.
-- Writes:     telecom_migration_issue.
-- Params:     run_id, kind, row_limit.
-- Idempotent: no; the caller has deleted the issues of the comparison before.
insert into telecom_migration_issue (
    run_id,
    file_id,
    kind,
    line_number,
    external_id,
    value,
    code,
    expected,
    severity
)
select
    taken.run_id,
    taken.file_id,
    taken.kind,
    taken.line_number,
    taken.external_id,
    taken.facts as value,
    case when found.external_id is null then 'absent' else 'differs' end,
    found.facts as expected,
    'difference'
from telecom_migration_row as taken
left join migration_fact as found
    on taken.external_id = found.external_id
where
    taken.run_id = %(run_id)s
    and taken.kind = %(kind)s
    and taken.state in ('created', 'updated', 'unchanged')
    and taken.facts is distinct from found.facts
order by taken.id
limit %(row_limit)s

-- Step 27: rows left to do when no batch is left: their parent is to do as well, so
--          that they wait for each other.
-- Grain:      one row per staged row.
-- Writes:     telecom_migration_row (state), telecom_migration_issue.
-- Params:     run_id, kind, own_column, label.
-- Idempotent: yes.
with

refused as (
    update telecom_migration_row
    set state = 'refused'
    where
        run_id = %(run_id)s
        and kind = %(kind)s
        and state = 'staged'
    returning
        file_id,
        line_number,
        external_id,
        content ->> %(own_column)s::text as value
)

insert into telecom_migration_issue (
    run_id,
    file_id,
    kind,
    line_number,
    external_id,
    column_name,
    value,
    code,
    severity
)
select
    %(run_id)s,
    refused.file_id,
    %(kind)s,
    refused.line_number,
    refused.external_id,
    %(label)s,
    refused.value,
    'reference_refused',
    'refused'
from refused

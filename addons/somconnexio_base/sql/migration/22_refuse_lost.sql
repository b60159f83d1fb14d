-- Step 22: rows that refer to something that is not here.
-- Grain:      one row per staged row whose reference leads nowhere. Kinds are done in
--             the order of their references: what should be here has been created.
-- Reads:      telecom_migration_row, telecom_external_id.
-- Writes:     telecom_migration_row (state), telecom_migration_issue.
-- Params:     run_id, kind, column_name, label, system, model (of what is referred
--             to), referred_kind.
-- Idempotent: yes.
with

lost as (
    select
        staged.id,
        staged.file_id,
        staged.line_number,
        staged.external_id,
        staged.content ->> %(column_name)s as value,
        case
            when exists (
                    select
                    from telecom_migration_row as referred
                    where
                        referred.run_id = %(run_id)s
                        and referred.kind = %(referred_kind)s
                        and referred.external_id = staged.content ->> %(column_name)s
                        and referred.state = 'refused'
                ) then 'reference_refused'
            else 'reference_unknown'
        end as code
    from telecom_migration_row as staged
    where
        staged.run_id = %(run_id)s
        and staged.kind = %(kind)s
        and staged.state = 'staged'
        and staged.content ->> %(column_name)s is not null
        and not exists (
            select
            from telecom_external_id as link
            where
                link.system = %(system)s
                and link.res_model = %(model)s
                and link.external_id = staged.content ->> %(column_name)s
        )
),

refused as (
    update telecom_migration_row as staged
    set state = 'refused'
    from lost
    where staged.id = lost.id
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
    lost.file_id,
    %(kind)s,
    lost.line_number,
    lost.external_id,
    %(label)s,
    lost.value,
    lost.code,
    'refused'
from lost
order by lost.id

-- Step 23: the next rows to do, with what is known of each.
-- Grain:      one row per staged row, in the order of the files. Of a kind that refers
--             to itself, rows whose parent is still to do wait. Rows with last_column
--             come last: who holds a number now is written before who held it.
-- Reads:      telecom_migration_row, telecom_external_id, telecom_migration_ledger.
-- Params:     run_id, kind, profile_id, system, model, own_column (or null),
--             last_column (or null), row_limit.
select
    staged.id,
    staged.file_id,
    staged.line_number,
    staged.external_id,
    staged.content,
    staged.row_hash,
    staged.facts,
    link.res_id,
    ledger.content as known_content
from telecom_migration_row as staged
left join telecom_external_id as link
    on
        link.system = %(system)s
        and link.res_model = %(model)s
        and staged.external_id = link.external_id
left join telecom_migration_ledger as ledger
    on
        ledger.profile_id = %(profile_id)s
        and staged.kind = ledger.kind
        and staged.external_id = ledger.external_id
where
    staged.run_id = %(run_id)s
    and staged.kind = %(kind)s
    and staged.state = 'staged'
    and (
        %(own_column)s::text is null
        or staged.content ->> %(own_column)s::text is null
        or exists (
            select
            from telecom_external_id as parent
            where
                parent.system = %(system)s
                and parent.res_model = %(model)s
                and parent.external_id = staged.content ->> %(own_column)s::text
        )
    )
order by
    (
        %(last_column)s::text is not null
        and staged.content ->> %(last_column)s::text is not null
    ),
    staged.id
limit %(row_limit)s

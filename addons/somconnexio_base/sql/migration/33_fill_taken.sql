-- Step 33: which rows of one kind were taken, and the record that each is known by now,
--          which a merge may have changed.
-- Grain:      one row per external id.
-- Reads:      telecom_migration_row, telecom_external_id.
-- Writes:     migration_taken.
-- Params:     run_id, kind, system, model.
-- Idempotent: the caller empties migration_taken before.
insert into migration_taken (external_id, content, res_id)
select
    staged.external_id,
    staged.content,
    link.res_id
from telecom_migration_row as staged
inner join telecom_external_id as link
    on
        link.system = %(system)s
        and link.res_model = %(model)s
        and staged.external_id = link.external_id
where
    staged.run_id = %(run_id)s
    and staged.kind = %(kind)s
    and staged.state in ('created', 'updated', 'unchanged')

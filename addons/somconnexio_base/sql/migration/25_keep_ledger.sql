-- Step 25: remember what was taken over of the rows of a batch.
-- Grain:      one row per row of the source.
-- Reads:      telecom_migration_row.
-- Writes:     telecom_migration_ledger.
-- Params:     profile_id, run_id; ids, contents, row_hashes: arrays of one length; the
--             content is the row's own, or what may be changed of it.
-- Idempotent: yes.
insert into telecom_migration_ledger (
    profile_id,
    run_id,
    kind,
    external_id,
    facts,
    content,
    row_hash
)
select
    %(profile_id)s,
    %(run_id)s,
    staged.kind,
    staged.external_id,
    staged.facts,
    taken.content::jsonb,
    taken.row_hash
from telecom_migration_row as staged
inner join
    (
        select
            unnest(%(ids)s::integer[]) as id,
            unnest(%(contents)s::text[]) as content,
            unnest(%(row_hashes)s::text[]) as row_hash
    ) as taken
    on staged.id = taken.id
on conflict (profile_id, kind, external_id) do update
    set
        run_id = excluded.run_id,
        facts = excluded.facts,
        content = excluded.content,
        row_hash = excluded.row_hash

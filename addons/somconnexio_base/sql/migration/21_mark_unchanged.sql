-- Step 21: rows that say what was taken over before, of records that are still here.
-- Grain:      one row per staged row.
-- Reads:      telecom_migration_ledger, telecom_external_id.
-- Writes:     telecom_migration_row (state, res_id, facts).
-- Params:     run_id, kind, profile_id, system, model.
-- Idempotent: yes.
update telecom_migration_row as staged
set
    state = 'unchanged',
    res_id = link.res_id,
    facts = ledger.facts
from
    telecom_migration_ledger as ledger,
    telecom_external_id as link
where
    staged.run_id = %(run_id)s
    and staged.kind = %(kind)s
    and staged.state = 'staged'
    and ledger.profile_id = %(profile_id)s
    and ledger.kind = staged.kind
    and ledger.external_id = staged.external_id
    and ledger.row_hash = staged.row_hash
    and link.system = %(system)s
    and link.res_model = %(model)s
    and link.external_id = staged.external_id

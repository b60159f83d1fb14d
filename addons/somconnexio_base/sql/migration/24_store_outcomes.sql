-- Step 24: what became of the rows of a batch.
-- Grain:      one row per row of the batch.
-- Writes:     telecom_migration_row (state, res_id, facts).
-- Params:     ids, states, res_ids, facts: arrays of equal length.
-- Idempotent: yes.
update telecom_migration_row as staged
set
    state = outcome.state,
    res_id = outcome.res_id,
    facts = outcome.facts
from
    unnest(
        %(ids)s::integer[],
        %(states)s::text[],
        %(res_ids)s::integer[],
        %(facts)s::text[]
    ) as outcome (id, state, res_id, facts)
where staged.id = outcome.id

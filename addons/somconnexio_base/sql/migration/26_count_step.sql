-- Step 26: how far a kind has come.
-- Grain:      one row.
-- Reads:      telecom_migration_row.
-- Params:     run_id, kind.
select
    count(*) as row_count,
    count(*) filter (where state = 'staged') as open_count,
    count(*) filter (where state = 'created') as created_count,
    count(*) filter (where state = 'updated') as updated_count,
    count(*) filter (where state = 'unchanged') as unchanged_count,
    count(*) filter (where state = 'refused') as refused_count
from telecom_migration_row
where
    run_id = %(run_id)s
    and kind = %(kind)s

-- Step 12: how many rows a file holds, and the sum of its amounts.
-- Grain:      one row.
-- Reads:      telecom_migration_row.
-- Params:     file_id.
select
    count(*) as row_count,
    coalesce(sum(amount), 0)::double precision as amount
from telecom_migration_row
where file_id = %(file_id)s

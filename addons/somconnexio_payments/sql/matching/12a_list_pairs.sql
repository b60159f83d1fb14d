-- Step matching/12a: what is matched at once.
-- Grain:      one row per pair
-- Reads:      match_pair (temporary)
-- Idempotent: reads only.
select
    debit_id,
    credit_id,
    bill_id
from match_pair
order by debit_id

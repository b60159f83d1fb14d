-- Step debit/56: what the entry of a slice comes to.
-- Grain:      one row
-- Reads:      account_move_line
-- Params:     move_id
-- Idempotent: reads only.
select
    count(*) filter (where credit > 0) as credit_count,
    coalesce(sum(balance), 0) as balance
from account_move_line
where move_id = %(move_id)s

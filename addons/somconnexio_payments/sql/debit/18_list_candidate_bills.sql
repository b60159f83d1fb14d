-- Step debit/18: the bills among the candidates that have no reason yet.
-- Grain:      one row per candidate
-- Reads:      debit_candidate (temporary)
-- Idempotent: reads only.
select
    id,
    move_id
from debit_candidate
where
    reason is null
    and kind not in ('capital', 'part')

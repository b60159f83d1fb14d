-- Step matching/13: what says that both items of a pair are closed.
-- Grain:      one row per pair
-- Reads:      match_pair (temporary)
-- Writes:     account_full_reconcile
-- Params:     user_id
-- Idempotent: ids are drawn once.
insert into account_full_reconcile (
    id, create_uid, create_date, write_uid, write_date
)
select
    full_id,
    %(user_id)s,
    now() at time zone 'UTC',
    %(user_id)s as write_uid,
    now() at time zone 'UTC'
from match_pair

-- Step matching/16: nothing is owed of the bills any more; what follows from that, such
-- as their state of payment, is core's to compute.
-- Grain:      one row per pair
-- Reads:      match_pair (temporary)
-- Writes:     account_move
-- Params:     user_id
-- Idempotent: yes.
update account_move as bill
set
    amount_residual = 0,
    amount_residual_signed = 0,
    write_uid = %(user_id)s,
    write_date = now() at time zone 'UTC'
from match_pair as pair
where bill.id = pair.bill_id

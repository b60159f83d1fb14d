-- Step 63: give each account of a slice the bill that was made for it.
-- Grain:      one row per run account
-- Reads:      account_move
-- Writes:     telecom_bill_run_account: move_id, state invoiced
-- Params:     run_id, move_ids
-- Idempotent: an account that has its bill keeps it.
update telecom_bill_run_account as account
set
    move_id = move.id,
    state = 'invoiced'
from account_move as move
where
    move.id = any(%(move_ids)s::integer[])
    and move.telecom_bill_run_id = %(run_id)s
    and account.run_id = %(run_id)s
    and account.billing_account_id = move.telecom_billing_account_id
    and account.move_id is null

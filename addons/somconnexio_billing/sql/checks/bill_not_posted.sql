-- Control: every bill is posted.
-- Grain:   one row per run account with a bill that is not posted
-- Reads:   telecom_bill_run_account, account_move, telecom_billing_account
-- Params:  run_id
select
    account.billing_account_id,
    account.id as res_id,
    concat_ws(': ', payer.code, account.hold_reason) as detail
from telecom_bill_run_account as account
inner join account_move as move
    on account.move_id = move.id
inner join telecom_billing_account as payer
    on account.billing_account_id = payer.id
where
    account.run_id = %(run_id)s
    and move.state <> 'posted'
order by payer.code

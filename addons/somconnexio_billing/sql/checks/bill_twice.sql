-- Control: an account has one bill in a run.
-- Grain:   one row per bill beyond the first of its account, or that no account knows
-- Reads:   account_move, telecom_bill_run_account
-- Params:  run_id
select
    move.telecom_billing_account_id as billing_account_id,
    move.id as res_id,
    move.name as detail
from account_move as move
where
    move.telecom_bill_run_id = %(run_id)s
    and move.move_type = 'out_invoice'
    and not exists (
        select from telecom_bill_run_account as account
        where
            account.run_id = %(run_id)s
            and account.move_id = move.id
            and account.billing_account_id = move.telecom_billing_account_id
    )
order by move.id

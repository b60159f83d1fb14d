-- Control: every account with something to bill has its bill.
-- Grain:   one row per run account that waits after the bills were made
-- Reads:   telecom_bill_run_account, telecom_billing_account
-- Params:  run_id
select
    account.billing_account_id,
    account.id as res_id,
    payer.code as detail
from telecom_bill_run_account as account
inner join telecom_billing_account as payer
    on account.billing_account_id = payer.id
where
    account.run_id = %(run_id)s
    and account.state = 'pending'
order by payer.code

-- Control: no bill is below zero.
-- Grain:   one row per run account
-- Reads:   telecom_bill_run_account, telecom_billing_account
-- Params:  run_id
select
    account.billing_account_id,
    account.id as res_id,
    concat(payer.code, ': ', account.amount_total) as detail
from telecom_bill_run_account as account
inner join telecom_billing_account as payer
    on account.billing_account_id = payer.id
where
    account.run_id = %(run_id)s
    and account.amount_total < 0
order by payer.code

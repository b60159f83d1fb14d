-- Control: every account paid by direct debit has an IBAN.
-- Grain:   one row per billing account of the run
-- Reads:   telecom_bill_run_account, telecom_billing_account
-- Params:  run_id
select
    payer.id as billing_account_id,
    payer.id as res_id,
    payer.code as detail
from telecom_bill_run_account as account
inner join telecom_billing_account as payer
    on account.billing_account_id = payer.id
where
    account.run_id = %(run_id)s
    and payer.collection_method = 'direct_debit'
    and payer.partner_bank_id is null
order by payer.code

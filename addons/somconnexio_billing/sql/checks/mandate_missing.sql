-- Control: every account paid by direct debit may be collected.
-- Grain:   one row per run account that collection has no mandate for
-- Reads:   telecom_bill_run_account, telecom_billing_account
-- Params:  run_id, mandateless_account_ids (found by whoever collects; none without)
select
    payer.id as billing_account_id,
    payer.id as res_id,
    payer.code as detail
from telecom_bill_run_account as account
inner join telecom_billing_account as payer
    on account.billing_account_id = payer.id
where
    account.run_id = %(run_id)s
    and account.move_id is null
    and payer.id = any(%(mandateless_account_ids)s::integer[])
order by payer.code

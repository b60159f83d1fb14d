-- Step debit/15a: the mandate in force of each bill's billing account: one at most.
-- Grain:      one row per candidate that is a bill
-- Reads:      account_banking_mandate
-- Writes:     debit_candidate (temporary)
-- Params:     company_id
-- Idempotent: yes.
update debit_candidate as candidate
set
    mandate_id = mandate.id,
    partner_bank_id = mandate.partner_bank_id
from account_banking_mandate as mandate
where
    mandate.telecom_billing_account_id = candidate.billing_account_id
    and mandate.company_id = %(company_id)s
    and mandate.state in ('valid', 'final')

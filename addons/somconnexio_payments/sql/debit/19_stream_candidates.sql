-- Step debit/19: what the rules of the scheme are checked on.
-- Grain:      one row per candidate without a reason
-- Reads:      debit_candidate, account_banking_mandate, res_partner_bank, res_partner,
--             res_country
-- Idempotent: reads only.
select
    candidate.id,
    candidate.amount::text,
    mandate.unique_mandate_reference,
    mandate.signature_date,
    bank_account.sanitized_acc_number,
    coalesce(nullif(bank_account.acc_holder_name, ''), owner.name) as name,
    owner.street,
    owner.street2,
    owner.zip,
    owner.city,
    country.code
from debit_candidate as candidate
inner join account_banking_mandate as mandate
    on candidate.mandate_id = mandate.id
inner join res_partner_bank as bank_account
    on candidate.partner_bank_id = bank_account.id
inner join res_partner as owner
    on bank_account.partner_id = owner.id
left join res_country as country
    on owner.country_id = country.id
where candidate.reason is null
order by candidate.id

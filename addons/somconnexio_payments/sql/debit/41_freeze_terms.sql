-- Step debit/41: keep what the file will say of each debit, so that writing it again
-- says the same.
-- Grain:      one row per debit of the run
-- Reads:      account_banking_mandate, res_partner_bank, res_bank, res_partner,
--             res_country, telecom_mandate_amendment
-- Writes:     account_payment_line
-- Params:     run_id
-- Idempotent: what was kept stays.
with

change as (
    select
        amendment.payment_line_id,
        max(amendment.old_value) filter (where amendment.kind = 'reference')
            as old_reference,
        bool_or(amendment.kind = 'account') as is_new_account,
        max(amendment.old_value) filter (where amendment.kind = 'creditor')
            as old_creditor,
        max(amendment.old_name) filter (where amendment.kind = 'creditor')
            as old_creditor_name
    from telecom_mandate_amendment as amendment
    inner join account_payment_line as line
        on amendment.payment_line_id = line.id
    where line.debit_run_id = %(run_id)s
    group by amendment.payment_line_id
),

terms as (
    select
        line.id,
        mandate.last_debit_date,
        case mandate.format when 'sepa_b2b' then 'B2B' else 'CORE' end as scheme,
        jsonb_build_object(
            'mandate', mandate.unique_mandate_reference,
            'signed', mandate.signature_date,
            'iban', bank_account.sanitized_acc_number,
            'bic', bank.bic,
            'name', coalesce(nullif(bank_account.acc_holder_name, ''), owner.name),
            'street', owner.street,
            'street2', owner.street2,
            'zip', owner.zip,
            'town', owner.city,
            'country', country.code,
            'is_amended', change.payment_line_id is not null,
            'old_reference', change.old_reference,
            'is_new_account', change.is_new_account,
            'old_creditor', change.old_creditor,
            'old_creditor_name', change.old_creditor_name
        ) as content
    from account_payment_line as line
    inner join account_banking_mandate as mandate
        on line.mandate_id = mandate.id
    inner join res_partner_bank as bank_account
        on line.partner_bank_id = bank_account.id
    inner join res_partner as owner
        on bank_account.partner_id = owner.id
    left join res_country as country
        on owner.country_id = country.id
    left join res_bank as bank
        on bank_account.bank_id = bank.id
    left join change
        on line.id = change.payment_line_id
    where
        line.debit_run_id = %(run_id)s
        and line.sepa_terms is null
)

update account_payment_line as line
set
    sepa_terms = terms.content,
    local_instrument = terms.scheme,
    earlier_debit_date = terms.last_debit_date
from terms
where terms.id = line.id

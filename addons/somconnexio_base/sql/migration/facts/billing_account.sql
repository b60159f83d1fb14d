-- Facts of billing accounts: what their records say of the columns that are compared.
-- Grain:      one row per row of the source that was taken. A reference that leads to
--             where the source says is written as the source writes it, even when two
--             of its records were merged here; another one as # and the id here.
-- Reads:      migration_taken, telecom_external_id,
--             telecom_billing_account, res_partner_bank.
-- Writes:     migration_fact.
-- Params:     base_system (of references).
-- Idempotent: the caller empties migration_fact before.
insert into migration_fact (external_id, facts, amount)
select
    taken.external_id,
    concat_ws(
        '|',
        case
            when payer.res_id = account.partner_id
                then taken.content ->> 'partner'
            else '#' || coalesce(account.partner_id::text, '')
        end,
        coalesce(bank.sanitized_acc_number, ''),
        coalesce(account.collection_method, '')
    ),
    null
from migration_taken as taken
inner join telecom_billing_account as account
    on taken.res_id = account.id
left join res_partner_bank as bank
    on account.partner_bank_id = bank.id
left join telecom_external_id as payer
    on
        payer.system = %(base_system)s
        and payer.res_model = 'res.partner'
        and payer.external_id = taken.content ->> 'partner'

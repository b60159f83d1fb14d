-- Facts of mandates: what their records say of the columns that are compared.
-- Grain:      one row per row of the source that was taken. A reference that leads to
--             where the source says is written as the source writes it, even when two
--             of its records were merged here; another one as # and the id here.
-- Reads:      migration_taken, telecom_external_id,
--             telecom_billing_account.
-- Writes:     migration_fact.
-- Params:     base_system (of references).
-- Idempotent: the caller empties migration_fact before.
insert into migration_fact (external_id, facts, amount)
select
    taken.external_id,
    concat_ws(
        '|',
        case
            when owner.res_id = account.id
                then taken.content ->> 'billing_account'
            else '#' || coalesce(account.id::text, '')
        end,
        coalesce(account.mandate_reference, ''),
        coalesce(account.mandate_signed_date::text, ''),
        coalesce(account.mandate_scheme, ''),
        coalesce(account.mandate_last_debit_date::text, '')
    ),
    null
from migration_taken as taken
inner join telecom_billing_account as account
    on taken.res_id = account.id
left join telecom_external_id as owner
    on
        owner.system = %(base_system)s
        and owner.res_model = 'telecom.billing.account'
        and owner.external_id = taken.content ->> 'billing_account'

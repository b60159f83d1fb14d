-- Facts of mandates: what their records say of the columns that are compared.
-- Grain:      one row per row of the source that was taken. A reference that leads to
--             where the source says is written as the source writes it, even when two
--             of its records were merged here; another one as # and the id here.
-- Reads:      telecom_migration_row, telecom_external_id,
--             telecom_billing_account.
-- Writes:     migration_fact.
-- Params:     run_id, kind, model, system (of the kind), base_system (of the others).
-- Idempotent: the caller empties migration_fact before.
insert into migration_fact (external_id, facts, amount)
select
    staged.external_id,
    concat_ws(
        '|',
        case
            when owner.res_id = account.id
                then staged.content ->> 'billing_account'
            else '#' || coalesce(account.id::text, '')
        end,
        coalesce(account.mandate_reference, ''),
        coalesce(account.mandate_signed_date::text, ''),
        coalesce(account.mandate_scheme, ''),
        coalesce(account.mandate_last_debit_date::text, '')
    ),
    null
from telecom_migration_row as staged
inner join telecom_external_id as link
    on
        link.system = %(system)s
        and link.res_model = %(model)s
        and staged.external_id = link.external_id
inner join telecom_billing_account as account
    on link.res_id = account.id
left join telecom_external_id as owner
    on
        owner.system = %(base_system)s
        and owner.res_model = 'telecom.billing.account'
        and owner.external_id = staged.content ->> 'billing_account'
where
    staged.run_id = %(run_id)s
    and staged.kind = %(kind)s
    and staged.state in ('created', 'updated', 'unchanged')

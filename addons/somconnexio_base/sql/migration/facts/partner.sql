-- Facts of partners: what their records say of the columns that are compared.
-- Grain:      one row per row of the source that was taken. A reference that leads to
--             where the source says is written as the source writes it, even when two
--             of its records were merged here; another one as # and the id here.
-- Reads:      telecom_migration_row, telecom_external_id,
--             res_partner.
-- Writes:     migration_fact.
-- Params:     run_id, kind, model, system (of the kind), base_system (of the others).
-- Idempotent: the caller empties migration_fact before.
insert into migration_fact (external_id, facts, amount)
select
    staged.external_id,
    concat_ws(
        '|',
        coalesce(partner.name, ''),
        case when partner.is_company then '1' else '' end,
        coalesce(partner.email, ''),
        coalesce(partner.zip, ''),
        coalesce(partner.city, '')
    ),
    null
from telecom_migration_row as staged
inner join telecom_external_id as link
    on
        link.system = %(system)s
        and link.res_model = %(model)s
        and staged.external_id = link.external_id
inner join res_partner as partner
    on link.res_id = partner.id
where
    staged.run_id = %(run_id)s
    and staged.kind = %(kind)s
    and staged.state in ('created', 'updated', 'unchanged')

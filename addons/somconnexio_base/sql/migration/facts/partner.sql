-- Facts of partners: what their records say of the columns that are compared.
-- Grain:      one row per row of the source that was taken. A reference that leads to
--             where the source says is written as the source writes it, even when two
--             of its records were merged here; another one as # and the id here.
-- Reads:      migration_taken,
--             res_partner.
-- Writes:     migration_fact.
-- Params:     none.
-- Idempotent: the caller empties migration_fact before.
insert into migration_fact (external_id, facts, amount)
select
    taken.external_id,
    concat_ws(
        '|',
        coalesce(partner.name, ''),
        case when partner.is_company then '1' else '' end,
        coalesce(partner.email, ''),
        coalesce(partner.zip, ''),
        coalesce(partner.city, '')
    ),
    null
from migration_taken as taken
inner join res_partner as partner
    on taken.res_id = partner.id

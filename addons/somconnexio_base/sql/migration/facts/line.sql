-- Facts of lines: what their records say of the columns that are compared.
-- Grain:      one row per row of the source that was taken. A reference that leads to
--             where the source says is written as the source writes it, even when two
--             of its records were merged here; another one as # and the id here.
-- Reads:      migration_taken, telecom_external_id,
--             contract_line, product_product.
-- Writes:     migration_fact.
-- Params:     base_system (of references).
-- Idempotent: the caller empties migration_fact before.
insert into migration_fact (external_id, facts, amount)
select
    taken.external_id,
    concat_ws(
        '|',
        case
            when owner.res_id = line.contract_id
                then taken.content ->> 'subscription'
            else '#' || coalesce(line.contract_id::text, '')
        end,
        coalesce(product.default_code, ''),
        coalesce(line.date_start::text, ''),
        coalesce(line.date_end::text, '')
    ),
    line.specific_price::numeric
from migration_taken as taken
inner join contract_line as line
    on taken.res_id = line.id
left join product_product as product
    on line.product_id = product.id
left join telecom_external_id as owner
    on
        owner.system = %(base_system)s
        and owner.res_model = 'contract.contract'
        and owner.external_id = taken.content ->> 'subscription'

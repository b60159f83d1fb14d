-- Facts of resources: what their records say of the columns that are compared.
-- Grain:      one row per row of the source that was taken. A reference that leads to
--             where the source says is written as the source writes it, even when two
--             of its records were merged here; another one as # and the id here.
-- Reads:      migration_taken,
--             telecom_resource, telecom_resource_kind.
-- Writes:     migration_fact.
-- Params:     none.
-- Idempotent: the caller empties migration_fact before.
insert into migration_fact (external_id, facts, amount)
select
    taken.external_id,
    concat_ws(
        '|',
        coalesce(resource_kind.code, ''),
        coalesce(resource.name, '')
    ),
    null
from migration_taken as taken
inner join telecom_resource as resource
    on taken.res_id = resource.id
inner join telecom_resource_kind as resource_kind
    on resource.kind_id = resource_kind.id

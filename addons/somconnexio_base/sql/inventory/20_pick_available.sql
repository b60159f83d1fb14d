-- Step 20: resources of a kind that are available and that nobody is taking.
-- Grain:      one row per resource, at most as many as asked for.
-- Reads:      telecom_resource
-- Writes:     - (locks what it returns)
-- Params:     company_id, kind_id, provider_id (null: any), count.
-- Idempotent: rows that another transaction holds are passed over.
select resource.id
from telecom_resource as resource
where
    resource.company_id = %(company_id)s
    and resource.kind_id = %(kind_id)s
    and resource.state = 'available'
    and (
        cast(%(provider_id)s as integer) is null
        or resource.provider_id = %(provider_id)s
    )
order by resource.id
limit %(count)s
for update skip locked

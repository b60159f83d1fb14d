-- Have the company serve the numbers that are on its network.
--
-- grain:      one row per number
-- reads:      rate_usage_input
-- writes:     telecom_resource, telecom_resource_assignment
-- params:     numbers (list, besides the served numbers of the file), kind_id,
--             company_id, subscription_id (who holds them all, since ever)
-- idempotent: no, a number exists once
with number_served as (
    select input.served_number as number
    from rate_usage_input as input
    where input.served_number is not null
    union distinct
    select listed.number
    from unnest(%(numbers)s::varchar[]) as listed (number)
),

resource_made as (
    insert into telecom_resource (kind_id, company_id, name, state)
    select
        %(kind_id)s,
        %(company_id)s,
        number_served.number as name,
        'active' as state
    from number_served
    returning id
)

insert into telecom_resource_assignment (
    resource_id,
    kind_id,
    subscription_id,
    company_id,
    start_at
)
select
    resource_made.id as resource_id,
    %(kind_id)s,
    %(subscription_id)s,
    %(company_id)s,
    timestamp '1900-01-01' as start_at
from resource_made

-- Step 11: who holds a number that usage can be of, and when.
-- Grain:      one row per number and assignment; a number that nobody ever held has
--             one row without subscription.
-- Reads:      telecom_resource(_kind, _assignment).
-- Writes:     view telecom_served_number (definition only).
-- Idempotent: replaces the view.
create or replace view telecom_served_number as
select
    resource.company_id,
    resource.name as number,
    assignment.subscription_id,
    assignment.start_at,
    assignment.end_at
from telecom_resource as resource
inner join telecom_resource_kind as kind
    on
        resource.kind_id = kind.id
        and kind.validator in ('msisdn', 'fixed_number')
left join telecom_resource_assignment as assignment
    on resource.id = assignment.resource_id

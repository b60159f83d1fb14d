-- Count the members with a vote on a day.
--
-- grain:      one row
-- reads:      cooperative_membership, cooperative_assembly_delegation
-- writes:     nothing
-- params:     company_id, day (date), assembly_id (0: without delegations)
-- idempotent: reads only
with delegations as (
    select count(*) as delegation_count
    from cooperative_assembly_delegation as delegation
    where delegation.assembly_id = %(assembly_id)s
)

select
    count(*) as row_count,
    min(delegations.delegation_count) as delegation_count,
    count(*) as vote_count
from cooperative_membership as membership
cross join delegations
where
    membership.company_id = %(company_id)s
    and membership.kind = 'member'
    and membership.joined_date <= %(day)s
    and (membership.left_date is null or membership.left_date > %(day)s)

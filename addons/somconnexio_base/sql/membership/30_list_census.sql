-- List who has a vote on a day: one member, one vote, and who votes for whom.
--
-- grain:      one row per member on that day
-- reads:      cooperative_membership, res_partner, cooperative_assembly_delegation,
--             cooperative_capital_call
-- writes:     nothing
-- params:     company_id, day (date), assembly_id (0: without delegations)
-- idempotent: reads only
--
-- vote_count is what the member casts in person: none when it is delegated, else the
-- own vote and those of the members represented. Their sum is the number of members.
with delegations as (
    select
        delegation.giver_id,
        delegation.holder_id
    from cooperative_assembly_delegation as delegation
    where delegation.assembly_id = %(assembly_id)s
),

held as (
    select
        delegations.holder_id,
        count(*) as delegation_count
    from delegations
    group by delegations.holder_id
),

overdue as (
    select distinct call.membership_id
    from cooperative_capital_call as call
    where
        call.company_id = %(company_id)s
        and call.state in ('called', 'failed')
        and call.due_date < %(day)s
)

select
    membership.number,
    partner.name,
    partner.vat,
    membership.joined_date,
    representative.name as representative_name,
    overdue.membership_id is not null as has_overdue_capital,
    concat_ws(' · ', holder.number, holder_partner.name) as delegated_to,
    coalesce(held.delegation_count, 0) as delegation_count,
    case
        when delegations.giver_id is not null then 0
        else 1 + coalesce(held.delegation_count, 0)
    end as vote_count
from cooperative_membership as membership
inner join res_partner as partner on membership.partner_id = partner.id
left join res_partner as representative
    on membership.representative_id = representative.id
left join delegations on membership.id = delegations.giver_id
left join cooperative_membership as holder on delegations.holder_id = holder.id
left join res_partner as holder_partner on holder.partner_id = holder_partner.id
left join held on membership.id = held.holder_id
left join overdue on membership.id = overdue.membership_id
where
    membership.company_id = %(company_id)s
    and membership.kind = 'member'
    and membership.joined_date <= %(day)s
    and (membership.left_date is null or membership.left_date > %(day)s)
order by
    length(membership.number),
    membership.number,
    membership.id

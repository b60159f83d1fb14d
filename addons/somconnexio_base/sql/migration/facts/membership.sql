-- Facts of memberships: what their records say of the columns that are compared.
-- Grain:      one row per row of the source that was taken. A reference that leads to
--             where the source says is written as the source writes it, even when two
--             of its records were merged here; another one as # and the id here.
-- Reads:      telecom_migration_row, telecom_external_id,
--             cooperative_membership, cooperative_share_movement (opening balances).
-- Writes:     migration_fact.
-- Params:     run_id, kind, model, system (of the kind), base_system (of the others).
-- Idempotent: the caller empties migration_fact before.
insert into migration_fact (external_id, facts, amount)
select
    staged.external_id,
    concat_ws(
        '|',
        case
            when holder.res_id = membership.partner_id
                then staged.content ->> 'partner'
            else '#' || membership.partner_id
        end,
        coalesce(membership.number, ''),
        membership.kind,
        coalesce(membership.joined_date::text, ''),
        coalesce(membership.left_date::text, ''),
        coalesce(
            coalesce(
                opening.share_count,
                case when staged.content ->> 'share_count' = '0' then 0 end
            )::text,
            ''
        )
    ),
    coalesce(opening.paid_amount, 0)
from telecom_migration_row as staged
inner join telecom_external_id as link
    on
        link.system = %(system)s
        and link.res_model = %(model)s
        and staged.external_id = link.external_id
inner join cooperative_membership as membership
    on link.res_id = membership.id
left join telecom_external_id as holder
    on
        holder.system = %(base_system)s
        and holder.res_model = 'res.partner'
        and holder.external_id = staged.content ->> 'partner'
left join (
    select
        movement.membership_id,
        sum(movement.share_count) as share_count,
        sum(movement.paid_amount) as paid_amount
    from cooperative_share_movement as movement
    where movement.kind = 'opening'
    group by movement.membership_id
) as opening
    on membership.id = opening.membership_id
where
    staged.run_id = %(run_id)s
    and staged.kind = %(kind)s
    and staged.state in ('created', 'updated', 'unchanged')

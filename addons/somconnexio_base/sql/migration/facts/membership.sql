-- Facts of memberships: what their records say of the columns that are compared.
-- Grain:      one row per row of the source that was taken. A reference that leads to
--             where the source says is written as the source writes it, even when two
--             of its records were merged here; another one as # and the id here.
-- Reads:      migration_taken, telecom_external_id,
--             cooperative_membership, cooperative_agreement,
--             cooperative_share_movement (opening balances).
-- Writes:     migration_fact.
-- Params:     base_system (of references).
-- Idempotent: the caller empties migration_fact before.
insert into migration_fact (external_id, facts, amount)
select
    taken.external_id,
    concat_ws(
        '|',
        case
            when holder.res_id = membership.partner_id
                then taken.content ->> 'partner'
            else '#' || membership.partner_id
        end,
        coalesce(membership.number, ''),
        membership.kind,
        coalesce(membership.joined_date::text, ''),
        coalesce(membership.left_date::text, ''),
        coalesce(agreement.code, ''),
        coalesce(
            coalesce(
                nullif(opening.share_count, 0),
                case when taken.content ->> 'share_count' = '0' then 0 end
            )::text,
            ''
        ),
        coalesce(
            coalesce(
                trim_scale(nullif(opening.refundable_amount, 0)),
                case when taken.content ->> 'refundable_amount' = '0' then 0 end
            )::text,
            ''
        )
    ),
    coalesce(opening.paid_amount, 0)
from migration_taken as taken
inner join cooperative_membership as membership
    on taken.res_id = membership.id
left join telecom_external_id as holder
    on
        holder.system = %(base_system)s
        and holder.res_model = 'res.partner'
        and holder.external_id = taken.content ->> 'partner'
left join cooperative_agreement as agreement
    on membership.agreement_id = agreement.id
left join (
    select
        movement.membership_id,
        sum(movement.refundable_amount) as refundable_amount,
        sum(movement.share_count) as share_count,
        sum(movement.paid_amount) as paid_amount
    from cooperative_share_movement as movement
    where movement.kind = 'opening'
    group by movement.membership_id
) as opening
    on membership.id = opening.membership_id

-- List the book of members as it stands on a day.
--
-- grain:      one row per membership that had begun by that day, ended ones too
-- reads:      cooperative_membership, cooperative_share_movement, res_partner,
--             res_country_state
-- writes:     nothing
-- params:     company_id, day (date), kinds (array of codes)
-- idempotent: reads only
--
-- What the book must hold: who, with tax identification and address; by what title
-- (kind, represented by whom); when admitted, joined and left, and why; the capital
-- held on that day (the register of members that Law 27/1999, art. 60, and the
-- Catalan Law 12/2015 ask for; check the statutes for more).
with capital as (
    select
        movement.membership_id,
        sum(movement.share_count) as share_count,
        sum(movement.subscribed_amount) as subscribed_amount,
        sum(movement.paid_amount) as paid_amount
    from cooperative_share_movement as movement
    where
        movement.company_id = %(company_id)s
        and movement.date <= %(day)s
    group by movement.membership_id
)

select
    membership.number,
    partner.name,
    partner.vat,
    concat_ws(
        ', ',
        nullif(partner.street, ''),
        nullif(concat_ws(' ', partner.zip, partner.city), ''),
        province.name
    ) as address,
    membership.kind,
    representative.name as representative_name,
    membership.admitted_date,
    membership.joined_date,
    case when membership.left_date <= %(day)s then membership.left_date end
        as left_date,
    case when membership.left_date <= %(day)s then membership.leaving_reason end
        as leaving_reason,
    coalesce(capital.share_count, 0) as share_count,
    coalesce(capital.subscribed_amount, 0) as subscribed_amount,
    coalesce(capital.paid_amount, 0) as paid_amount
from cooperative_membership as membership
inner join res_partner as partner on membership.partner_id = partner.id
left join res_partner as representative
    on membership.representative_id = representative.id
left join res_country_state as province on partner.state_id = province.id
left join capital on membership.id = capital.membership_id
where
    membership.company_id = %(company_id)s
    and membership.joined_date <= %(day)s
    and membership.state not in ('pending', 'cancelled')
    and membership.kind = any(%(kinds)s)
order by
    length(membership.number),
    membership.number,
    membership.id

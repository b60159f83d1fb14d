-- List the movements of share capital up to a day: the origin of each contribution,
-- its transfers, its refund.
--
-- grain:      one row per movement
-- reads:      cooperative_share_movement, cooperative_share_class,
--             cooperative_membership, res_partner, account_move
-- writes:     nothing
-- params:     company_id, day (date), lang
-- idempotent: reads only
select
    movement.id,
    movement.date,
    membership.number,
    partner.name,
    coalesce(share_class.name ->> %(lang)s, share_class.name ->> 'en_US')
        as share_class,
    movement.kind,
    concat_ws(' · ', other.number, other_partner.name) as other_member,
    movement.share_count,
    movement.subscribed_amount,
    movement.called_amount,
    movement.paid_amount,
    movement.refundable_amount,
    entry.name as entry_number
from cooperative_share_movement as movement
inner join cooperative_membership as membership
    on movement.membership_id = membership.id
inner join res_partner as partner on membership.partner_id = partner.id
inner join cooperative_share_class as share_class
    on movement.share_class_id = share_class.id
left join cooperative_membership as other on movement.other_membership_id = other.id
left join res_partner as other_partner on other.partner_id = other_partner.id
left join account_move as entry on movement.move_id = entry.id
where
    movement.company_id = %(company_id)s
    and movement.date <= %(day)s
order by movement.date, movement.id

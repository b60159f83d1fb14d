-- List the book of contributions to share capital as it stands on a day.
--
-- grain:      one row per membership and share class with a balance on that day
-- reads:      cooperative_share_movement, cooperative_share_class,
--             cooperative_membership, res_partner
-- writes:     nothing
-- params:     company_id, day (date), lang
-- idempotent: reads only
with balances as (
    select
        movement.membership_id,
        movement.share_class_id,
        min(movement.date) as first_date,
        sum(movement.share_count) as share_count,
        sum(movement.subscribed_amount) as subscribed_amount,
        sum(movement.called_amount) as called_amount,
        sum(movement.paid_amount) as paid_amount,
        sum(movement.refundable_amount) as refundable_amount
    from cooperative_share_movement as movement
    where
        movement.company_id = %(company_id)s
        and movement.date <= %(day)s
    group by movement.membership_id, movement.share_class_id
)

select
    membership.number,
    partner.name,
    partner.vat,
    coalesce(share_class.name ->> %(lang)s, share_class.name ->> 'en_US')
        as share_class,
    balances.first_date,
    balances.share_count,
    balances.subscribed_amount,
    balances.called_amount,
    balances.paid_amount,
    balances.subscribed_amount - balances.paid_amount as unpaid_amount,
    balances.refundable_amount
from balances
inner join cooperative_membership as membership
    on balances.membership_id = membership.id
inner join res_partner as partner on membership.partner_id = partner.id
inner join cooperative_share_class as share_class
    on balances.share_class_id = share_class.id
where
    balances.share_count != 0
    or balances.subscribed_amount != 0
    or balances.refundable_amount != 0
order by
    length(membership.number),
    membership.number,
    membership.id,
    share_class.sequence,
    share_class.id

-- Count the rows of the book of contributions and sum its balances.
--
-- grain:      one row
-- reads:      cooperative_share_movement
-- writes:     nothing
-- params:     company_id, day (date)
-- idempotent: reads only
with balances as (
    select
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
    count(*) as row_count,
    coalesce(sum(balances.share_count), 0) as share_count,
    coalesce(sum(balances.subscribed_amount), 0) as subscribed_amount,
    coalesce(sum(balances.called_amount), 0) as called_amount,
    coalesce(sum(balances.paid_amount), 0) as paid_amount,
    coalesce(sum(balances.subscribed_amount - balances.paid_amount), 0)
        as unpaid_amount,
    coalesce(sum(balances.refundable_amount), 0) as refundable_amount
from balances
where
    balances.share_count != 0
    or balances.subscribed_amount != 0
    or balances.refundable_amount != 0

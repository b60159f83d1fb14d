-- Count the movements of share capital up to a day and sum them.
--
-- grain:      one row
-- reads:      cooperative_share_movement
-- writes:     nothing
-- params:     company_id, day (date)
-- idempotent: reads only
select
    count(*) as row_count,
    coalesce(sum(movement.share_count), 0) as share_count,
    coalesce(sum(movement.subscribed_amount), 0) as subscribed_amount,
    coalesce(sum(movement.called_amount), 0) as called_amount,
    coalesce(sum(movement.paid_amount), 0) as paid_amount,
    coalesce(sum(movement.refundable_amount), 0) as refundable_amount
from cooperative_share_movement as movement
where
    movement.company_id = %(company_id)s
    and movement.date <= %(day)s

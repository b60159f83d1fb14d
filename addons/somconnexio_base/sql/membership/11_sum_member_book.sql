-- Count the rows of the book of members and sum their capital.
--
-- grain:      one row
-- reads:      cooperative_membership, cooperative_share_movement
-- writes:     nothing
-- params:     company_id, day (date), kinds (array of codes)
-- idempotent: reads only
with members as (
    select membership.id
    from cooperative_membership as membership
    where
        membership.company_id = %(company_id)s
        and membership.joined_date <= %(day)s
        and membership.state not in ('pending', 'cancelled')
        and membership.kind = any(%(kinds)s)
),

capital as (
    select
        sum(movement.share_count) as share_count,
        sum(movement.subscribed_amount) as subscribed_amount,
        sum(movement.paid_amount) as paid_amount
    from cooperative_share_movement as movement
    inner join members on movement.membership_id = members.id
    where movement.date <= %(day)s
)

select
    (select count(*) from members) as row_count,
    coalesce(capital.share_count, 0) as share_count,
    coalesce(capital.subscribed_amount, 0) as subscribed_amount,
    coalesce(capital.paid_amount, 0) as paid_amount
from capital

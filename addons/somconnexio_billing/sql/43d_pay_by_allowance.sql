-- Step 43d: take what included money pays off the amounts.
--
-- grain:      one row per event that included money pays a part of
-- reads:      rating_draw
-- writes:     rating_priced (amount, allowance_amount)
-- idempotent: no, it is run once per rating
with paid as (
    select
        draw.event_id,
        sum(draw.quantity) as amount
    from rating_draw as draw
    where draw.is_money
    group by draw.event_id
    having sum(draw.quantity) > 0
)

update rating_priced as priced
set
    amount = priced.amount - paid.amount,
    allowance_amount = paid.amount
from paid
where priced.event_id = paid.event_id;

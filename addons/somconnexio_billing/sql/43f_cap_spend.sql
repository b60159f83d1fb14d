-- Step 43f: cut the amounts that exceed the maximum spend of the month.
--
-- grain:      one row per event that exceeds it, in part or in full
-- reads:      rating_spend
-- writes:     rating_priced (amount, capped_amount)
-- idempotent: no, it is run once per rating
update rating_priced as priced
set
    amount = greatest(spend.maximum_spend - spend.spent_before, 0),
    capped_amount
    = spend.amount - greatest(spend.maximum_spend - spend.spent_before, 0)
from rating_spend as spend
where
    priced.event_id = spend.event_id
    and spend.spent_before + spend.amount > spend.maximum_spend;

-- Step 43: list the months for which rated usage needs a partition.
--
-- grain:      one row per month of an event's start (UTC)
-- reads:      rating_priced
-- writes:     nothing
-- idempotent: reads only
select distinct date_trunc('month', priced.started_at)::date as month_date
from rating_priced as priced;

-- Step 44: count what the rating did.
--
-- Amounts are text, so that no reader makes floats of them.
--
-- grain:      one row
-- reads:      rating_counted, rating_priced
-- writes:     nothing
-- idempotent: reads only
with counted as (
    select
        count(*) filter (where event.part_number < 2) as event_count,
        count(*) filter (where event.reason = 'no_tariff') as no_tariff_count,
        count(*) filter (where event.reason = 'no_destination') as no_destination_count,
        count(*) filter (where event.reason = 'no_rate') as no_rate_count
    from rating_counted as event
),

priced as (
    select
        count(*) as rated_count,
        count(*) filter (where event.is_late) as late_count,
        count(*) filter (
            where event.allowance_quantity > 0 and event.charged_quantity = 0
        ) as allowance_count,
        count(*) filter (where event.charged_quantity > 0) as charged_count,
        coalesce(sum(event.amount), 0)::text as amount
    from rating_priced as event
)

select
    counted.event_count,
    priced.rated_count,
    priced.late_count,
    priced.allowance_count,
    priced.charged_count,
    counted.no_tariff_count,
    counted.no_destination_count,
    counted.no_rate_count,
    priced.amount
from counted
cross join priced;

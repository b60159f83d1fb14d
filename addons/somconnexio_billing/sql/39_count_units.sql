-- Step 39: count each event's units by the increments of its rate.
--
-- Nothing used counts as nothing. Otherwise the first increment at least, and above it
-- whole next increments. div and mod are exact, a division would not be.
--
-- grain:      one row per event to rate; reason set when it can't be priced
-- reads:      rating_classified, rating_situation, rating_rate, rating_allowance
-- writes:     rating_counted (temporary)
-- idempotent: reads only
create temporary table rating_counted on commit drop as
select
    event.event_id,
    event.event_key,
    event.started_at,
    event.month_date,
    event.is_late,
    event.subscription_id,
    event.billing_account_id,
    event.product_id,
    situation.situation_id,
    allowance.allowance_id,
    allowance.limit_quantity,
    case
        when event.quantity <= 0 then 0
        when event.quantity <= rate.first_increment then rate.first_increment
        else
            rate.first_increment
            + rate.next_increment * (
                div(event.quantity - rate.first_increment, rate.next_increment)
                + sign(mod(event.quantity - rate.first_increment, rate.next_increment))
            )
    end as chargeable_quantity,
    coalesce(event.reason, case when rate.rate_id is null then 'no_rate' end) as reason
from rating_classified as event
left join rating_situation as situation
    on event.situation_key = situation.situation_key
left join rating_rate as rate
    on situation.situation_id = rate.situation_id
left join rating_allowance as allowance
    on situation.situation_id = allowance.situation_id;

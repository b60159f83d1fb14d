-- Step 40: count each event's units by the increments of its rate.
--
-- Nothing used counts as nothing. Otherwise the rate's least quantity at least, the
-- first increment at least, and above it whole next increments. div and mod are exact,
-- a division would not be.
--
-- grain:      one row per event to rate, or per part of a call that is cut; reason set
--             when it can't be priced
-- reads:      rating_classified, rating_situation, rating_rate, rating_part
-- writes:     rating_counted (temporary); part_number 0: not cut
-- idempotent: reads only
create temporary table rating_counted on commit drop as
select
    event.event_id,
    0::smallint as part_number,
    event.event_key,
    event.started_at,
    event.month_date,
    event.is_late,
    event.subscription_id,
    event.billing_account_id,
    event.product_id,
    situation.situation_id,
    situation.situation_id as draw_situation_id,
    case
        when event.quantity <= 0 then 0
        when counted.quantity <= rate.first_increment then rate.first_increment
        else
            rate.first_increment
            + rate.next_increment * (
                div(counted.quantity - rate.first_increment, rate.next_increment)
                + sign(
                    mod(counted.quantity - rate.first_increment, rate.next_increment)
                )
            )
    end as chargeable_quantity,
    coalesce(event.reason, case when rate.rate_id is null then 'no_rate' end) as reason
from rating_classified as event
left join rating_situation as situation
    on event.situation_key = situation.situation_key
left join rating_rate as rate
    on
        situation.situation_id = rate.situation_id
        and not rate.is_wholesale
cross join
    lateral (
        select greatest(event.quantity, rate.minimum_quantity) as quantity
    ) as counted
where
    not exists (
        select
        from rating_part as part
        where part.event_id = event.event_id
    )
union all
select
    event.event_id,
    part.part_number,
    event.event_key,
    event.started_at,
    event.month_date,
    event.is_late,
    event.subscription_id,
    event.billing_account_id,
    event.product_id,
    part.rate_situation_id as situation_id,
    part.draw_situation_id,
    part.quantity as chargeable_quantity,
    part.reason
from rating_part as part
inner join rating_classified as event on part.event_id = event.event_id;

-- Step 42b: queue the events that have something left, and may draw on it later.
--
-- grain:      one row per event, or part of a call that is cut
-- reads:      rating_counted, rating_covered, rating_draw_list
-- writes:     rating_queue (temporary); quantity is what no source has covered yet
-- idempotent: reads only
create temporary table rating_queue on commit drop as
select
    event.event_id,
    event.part_number,
    event.event_key,
    event.started_at,
    event.subscription_id,
    event.billing_account_id,
    event.draw_situation_id,
    event.chargeable_quantity - covered.allowance_quantity as quantity
from rating_counted as event
inner join rating_covered as covered
    on
        event.event_id = covered.event_id
        and event.part_number = covered.part_number
where
    covered.chargeable_quantity > covered.allowance_quantity
    and event.draw_situation_id in (
        select list.situation_id
        from rating_draw_list as list
        where
            list.pass_number > 1
            and not list.is_money
    );

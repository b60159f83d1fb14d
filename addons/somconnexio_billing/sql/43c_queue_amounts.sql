-- Step 43c: queue the events that cost something and may be paid by included money.
--
-- grain:      one row per event
-- reads:      rating_priced, rating_event, rating_draw_list
-- writes:     rating_queue (temporary); quantity is money
-- idempotent: reads only
create temporary table rating_queue on commit drop as
select
    priced.event_id,
    0::smallint as part_number,
    event.event_key,
    priced.started_at,
    priced.subscription_id,
    priced.billing_account_id,
    priced.situation_id as draw_situation_id,
    priced.amount as quantity
from rating_priced as priced
inner join rating_event as event on priced.event_id = event.event_id
where
    priced.amount > 0
    and priced.situation_id in (
        select list.situation_id
        from rating_draw_list as list
        where list.is_money
    );

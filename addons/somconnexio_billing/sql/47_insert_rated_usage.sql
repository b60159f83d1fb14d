-- Step 47: insert the rated usage of events that had none.
--
-- Whatever is priced and had rated usage before had it open, or step 33 would have left
-- it out: so the list of open rows tells what is new. To look into the table itself
-- while it fills would read what this very statement inserts, over and over. Rows go in
-- by account and subscription, so that the entries of both indexes lie side by side.
--
-- grain:      one row per priced event without rated usage
-- reads:      rating_priced, rating_situation, rating_wholesale, rating_breakdown,
--             telecom_usage_event, rating_open_usage, telecom_bill_run_account
-- writes:     telecom_rated_usage
-- params:     bill_run_id (or null)
-- idempotent: an event that has rated usage gets no other
insert into telecom_rated_usage (
    company_id,
    event_id,
    started_at,
    subscription_id,
    billing_account_id,
    bill_run_id,
    usage_type_id,
    direction,
    served_number,
    other_number,
    destination_id,
    zone_id,
    visited_country,
    network,
    time_band_id,
    product_id,
    tariff_id,
    rate_id,
    allowance_id,
    category_id,
    quantity,
    chargeable_quantity,
    allowance_quantity,
    charged_quantity,
    allowance_used_before,
    allowance_limit,
    setup_fee,
    unit_price,
    price_unit,
    amount_exact,
    allowance_amount,
    capped_amount,
    amount,
    wholesale_cost,
    margin,
    breakdown,
    is_late,
    version
)
select
    event.company_id,
    priced.event_id,
    priced.started_at,
    priced.subscription_id,
    priced.billing_account_id,
    -- An account that has its bill of this run is charged in the next one.
    case when bill.move_id is null then %(bill_run_id)s::integer end as bill_run_id,
    event.usage_type_id,
    event.direction,
    event.served_number,
    event.other_number,
    nullif(situation.destination_key, 0) as destination_id,
    nullif(situation.zone_key, 0) as zone_id,
    event.visited_country,
    situation.network,
    priced.time_band_id,
    priced.product_id,
    situation.tariff_id,
    priced.rate_id,
    priced.allowance_id,
    priced.category_id,
    event.quantity,
    priced.chargeable_quantity,
    priced.allowance_quantity,
    priced.charged_quantity,
    priced.allowance_used_before,
    priced.allowance_limit,
    priced.setup_fee,
    priced.unit_price,
    priced.price_unit,
    priced.amount_exact,
    priced.allowance_amount,
    priced.capped_amount,
    priced.amount,
    coalesce(event.wholesale_cost, wholesale.wholesale_cost) as wholesale_cost,
    priced.amount - coalesce(event.wholesale_cost, wholesale.wholesale_cost) as margin,
    breakdown.breakdown,
    priced.is_late,
    1 as version
from rating_priced as priced
inner join rating_situation as situation
    on priced.situation_id = situation.situation_id
inner join telecom_usage_event as event on priced.event_id = event.id
left join rating_wholesale as wholesale on priced.event_id = wholesale.event_id
left join rating_breakdown as breakdown on priced.event_id = breakdown.event_id
left join rating_open_usage as open_usage on priced.event_id = open_usage.event_id
left join telecom_bill_run_account as bill
    on
        priced.billing_account_id = bill.billing_account_id
        and bill.run_id = %(bill_run_id)s
where open_usage.event_id is null
order by priced.billing_account_id, priced.subscription_id, priced.started_at;

-- Step 46: update the rated usage that came out differently.
--
-- Rows that the rating only confirms aren't touched: rating twice changes nothing. A
-- row whose result changed gets the next version; moving it into a bill run doesn't
-- count as a change. An account that has its bill of the run takes nothing more into
-- it: what came after that bill stays open for the next one.
--
-- grain:      one row per priced event whose stored rated usage differs
-- reads:      rating_priced, rating_situation, rating_event, rating_wholesale,
--             rating_breakdown, telecom_bill_run_account
-- writes:     telecom_rated_usage
-- params:     bill_run_id (or null)
-- idempotent: a row that agrees isn't touched
with usage_priced as (
    select
        priced.event_id,
        priced.subscription_id,
        priced.billing_account_id,
        nullif(situation.destination_key, 0) as destination_id,
        nullif(situation.zone_key, 0) as zone_id,
        situation.network,
        priced.time_band_id,
        priced.product_id,
        situation.tariff_id,
        priced.rate_id,
        priced.allowance_id,
        priced.category_id,
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
        priced.amount - coalesce(event.wholesale_cost, wholesale.wholesale_cost)
            as margin,
        breakdown.breakdown,
        priced.is_late,
        case when bill.move_id is null then %(bill_run_id)s::integer end as bill_run_id
    from rating_priced as priced
    inner join rating_situation as situation
        on priced.situation_id = situation.situation_id
    inner join rating_event as event on priced.event_id = event.event_id
    left join rating_wholesale as wholesale
        on priced.event_id = wholesale.event_id
    left join rating_breakdown as breakdown
        on priced.event_id = breakdown.event_id
    left join telecom_bill_run_account as bill
        on
            priced.billing_account_id = bill.billing_account_id
            and bill.run_id = %(bill_run_id)s
),

usage_compared as (
    select
        priced.event_id,
        priced.subscription_id,
        priced.billing_account_id,
        priced.destination_id,
        priced.zone_id,
        priced.network,
        priced.time_band_id,
        priced.product_id,
        priced.tariff_id,
        priced.rate_id,
        priced.allowance_id,
        priced.category_id,
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
        priced.wholesale_cost,
        priced.margin,
        priced.breakdown,
        priced.is_late,
        priced.bill_run_id,
        rated.started_at,
        (
            priced.subscription_id is distinct from rated.subscription_id
            or priced.billing_account_id is distinct from rated.billing_account_id
            or priced.destination_id is distinct from rated.destination_id
            or priced.zone_id is distinct from rated.zone_id
            or priced.network is distinct from rated.network
            or priced.time_band_id is distinct from rated.time_band_id
            or priced.product_id is distinct from rated.product_id
            or priced.tariff_id is distinct from rated.tariff_id
            or priced.rate_id is distinct from rated.rate_id
            or priced.allowance_id is distinct from rated.allowance_id
            or priced.category_id is distinct from rated.category_id
            or priced.chargeable_quantity is distinct from rated.chargeable_quantity
            or priced.allowance_quantity is distinct from rated.allowance_quantity
            or priced.allowance_used_before is distinct from rated.allowance_used_before
            or priced.allowance_limit is distinct from rated.allowance_limit
            or priced.setup_fee is distinct from rated.setup_fee
            or priced.unit_price is distinct from rated.unit_price
            or priced.price_unit is distinct from rated.price_unit
            or priced.amount is distinct from rated.amount
            or priced.allowance_amount is distinct from rated.allowance_amount
            or priced.capped_amount is distinct from rated.capped_amount
            or priced.wholesale_cost is distinct from rated.wholesale_cost
            or priced.breakdown is distinct from rated.breakdown
        ) as has_new_result,
        (
            priced.is_late <> rated.is_late
            or rated.bill_run_id is distinct from priced.bill_run_id
        ) as has_new_bill
    from usage_priced as priced
    inner join telecom_rated_usage as rated on priced.event_id = rated.event_id
)

update telecom_rated_usage as rated
set
    bill_run_id = compared.bill_run_id,
    subscription_id = compared.subscription_id,
    billing_account_id = compared.billing_account_id,
    destination_id = compared.destination_id,
    zone_id = compared.zone_id,
    network = compared.network,
    time_band_id = compared.time_band_id,
    product_id = compared.product_id,
    tariff_id = compared.tariff_id,
    rate_id = compared.rate_id,
    allowance_id = compared.allowance_id,
    category_id = compared.category_id,
    chargeable_quantity = compared.chargeable_quantity,
    allowance_quantity = compared.allowance_quantity,
    charged_quantity = compared.charged_quantity,
    allowance_used_before = compared.allowance_used_before,
    allowance_limit = compared.allowance_limit,
    setup_fee = compared.setup_fee,
    unit_price = compared.unit_price,
    price_unit = compared.price_unit,
    amount_exact = compared.amount_exact,
    allowance_amount = compared.allowance_amount,
    capped_amount = compared.capped_amount,
    amount = compared.amount,
    wholesale_cost = compared.wholesale_cost,
    margin = compared.margin,
    breakdown = compared.breakdown,
    is_late = compared.is_late,
    version = rated.version + compared.has_new_result::integer
from usage_compared as compared
where
    (compared.has_new_result or compared.has_new_bill)
    and rated.event_id = compared.event_id
    and rated.started_at = compared.started_at;

-- Step 46: update the rated usage that came out differently.
--
-- Rows that the rating only confirms aren't touched: rating twice changes nothing. A
-- row whose result changed gets the next version; moving it into a bill run doesn't
-- count as a change.
--
-- grain:      one row per priced event whose stored rated usage differs
-- reads:      rating_priced, rating_situation, telecom_bill_run_account
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
        priced.amount,
        priced.is_late,
        -- An account that has its bill of this run is charged in the next one.
        case when bill.move_id is null then %(bill_run_id)s::integer end
            as bill_run_id
    from rating_priced as priced
    inner join rating_situation as situation
        on priced.situation_id = situation.situation_id
    left join telecom_bill_run_account as bill
        on
            priced.billing_account_id = bill.billing_account_id
            and bill.run_id = %(bill_run_id)s
),

usage_compared as (
    select
        usage_priced.event_id,
        usage_priced.subscription_id,
        usage_priced.billing_account_id,
        usage_priced.destination_id,
        usage_priced.zone_id,
        usage_priced.product_id,
        usage_priced.tariff_id,
        usage_priced.rate_id,
        usage_priced.allowance_id,
        usage_priced.category_id,
        usage_priced.chargeable_quantity,
        usage_priced.allowance_quantity,
        usage_priced.charged_quantity,
        usage_priced.allowance_used_before,
        usage_priced.allowance_limit,
        usage_priced.setup_fee,
        usage_priced.unit_price,
        usage_priced.price_unit,
        usage_priced.amount_exact,
        usage_priced.amount,
        usage_priced.is_late,
        rated.started_at,
        (
            usage_priced.subscription_id,
            usage_priced.billing_account_id,
            usage_priced.destination_id,
            usage_priced.zone_id,
            usage_priced.product_id,
            usage_priced.tariff_id,
            usage_priced.rate_id,
            usage_priced.allowance_id,
            usage_priced.category_id,
            usage_priced.chargeable_quantity,
            usage_priced.allowance_quantity,
            usage_priced.allowance_used_before,
            usage_priced.allowance_limit,
            usage_priced.setup_fee,
            usage_priced.unit_price,
            usage_priced.price_unit,
            usage_priced.amount
        ) is distinct from (
            rated.subscription_id,
            rated.billing_account_id,
            rated.destination_id,
            rated.zone_id,
            rated.product_id,
            rated.tariff_id,
            rated.rate_id,
            rated.allowance_id,
            rated.category_id,
            rated.chargeable_quantity,
            rated.allowance_quantity,
            rated.allowance_used_before,
            rated.allowance_limit,
            rated.setup_fee,
            rated.unit_price,
            rated.price_unit,
            rated.amount
        ) as has_new_result,
        usage_priced.bill_run_id,
        (usage_priced.is_late, usage_priced.bill_run_id)
        is distinct from (rated.is_late, rated.bill_run_id) as has_new_bill
    from usage_priced
    inner join telecom_rated_usage as rated on usage_priced.event_id = rated.event_id
)

update telecom_rated_usage as rated
set
    bill_run_id = compared.bill_run_id,
    subscription_id = compared.subscription_id,
    billing_account_id = compared.billing_account_id,
    destination_id = compared.destination_id,
    zone_id = compared.zone_id,
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
    amount = compared.amount,
    is_late = compared.is_late,
    version = rated.version + compared.has_new_result::integer
from usage_compared as compared
where
    (compared.has_new_result or compared.has_new_bill)
    and rated.event_id = compared.event_id
    and rated.started_at = compared.started_at;

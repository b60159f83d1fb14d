-- Step 46: store the rated usage that is new or came out differently.
--
-- Rows that the rating only confirms aren't touched: rating twice changes nothing. A
-- row whose result changed gets the next version; moving it into a bill run doesn't.
--
-- grain:      one row per event that can be priced
-- reads:      rating_priced, rating_situation, telecom_usage_event,
--             telecom_bill_run_account
-- writes:     telecom_rated_usage
-- params:     bill_run_id (or null)
-- idempotent: unique (event_id, started_at), unchanged rows are left alone
with usage_priced as (
    select
        event.company_id,
        priced.event_id,
        priced.started_at,
        priced.subscription_id,
        priced.billing_account_id,
        -- An account that has its bill already is charged in the next run.
        case when bill.move_id is null then %(bill_run_id)s::integer end
            as bill_run_id,
        event.usage_type_id,
        event.direction,
        event.served_number,
        event.other_number,
        nullif(situation.destination_key, 0) as destination_id,
        nullif(situation.zone_key, 0) as zone_id,
        event.visited_country,
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
        priced.amount,
        event.wholesale_cost,
        priced.is_late
    from rating_priced as priced
    inner join rating_situation as situation
        on priced.situation_id = situation.situation_id
    inner join telecom_usage_event as event
        on priced.event_id = event.id and priced.started_at = event.started_at
    left join telecom_bill_run_account as bill
        on
            priced.billing_account_id = bill.billing_account_id
            and bill.run_id = %(bill_run_id)s
),

usage_compared as (
    select
        usage_priced.company_id,
        usage_priced.event_id,
        usage_priced.started_at,
        usage_priced.subscription_id,
        usage_priced.billing_account_id,
        usage_priced.bill_run_id,
        usage_priced.usage_type_id,
        usage_priced.direction,
        usage_priced.served_number,
        usage_priced.other_number,
        usage_priced.destination_id,
        usage_priced.zone_id,
        usage_priced.visited_country,
        usage_priced.product_id,
        usage_priced.tariff_id,
        usage_priced.rate_id,
        usage_priced.allowance_id,
        usage_priced.category_id,
        usage_priced.quantity,
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
        usage_priced.wholesale_cost,
        usage_priced.is_late,
        rated.version as stored_version,
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
        ) as has_new_result
    from usage_priced
    left join telecom_rated_usage as rated
        on
            usage_priced.event_id = rated.event_id
            and usage_priced.started_at = rated.started_at
    where
        rated.event_id is null
        or (
            usage_priced.bill_run_id,
            usage_priced.is_late,
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
            rated.bill_run_id,
            rated.is_late,
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
        )
)

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
    amount,
    wholesale_cost,
    is_late,
    version
)
select
    usage_compared.company_id,
    usage_compared.event_id,
    usage_compared.started_at,
    usage_compared.subscription_id,
    usage_compared.billing_account_id,
    usage_compared.bill_run_id,
    usage_compared.usage_type_id,
    usage_compared.direction,
    usage_compared.served_number,
    usage_compared.other_number,
    usage_compared.destination_id,
    usage_compared.zone_id,
    usage_compared.visited_country,
    usage_compared.product_id,
    usage_compared.tariff_id,
    usage_compared.rate_id,
    usage_compared.allowance_id,
    usage_compared.category_id,
    usage_compared.quantity,
    usage_compared.chargeable_quantity,
    usage_compared.allowance_quantity,
    usage_compared.charged_quantity,
    usage_compared.allowance_used_before,
    usage_compared.allowance_limit,
    usage_compared.setup_fee,
    usage_compared.unit_price,
    usage_compared.price_unit,
    usage_compared.amount_exact,
    usage_compared.amount,
    usage_compared.wholesale_cost,
    usage_compared.is_late,
    case
        when usage_compared.stored_version is null then 1
        when usage_compared.has_new_result then usage_compared.stored_version + 1
        else usage_compared.stored_version
    end as version
from usage_compared
on conflict (event_id, started_at) do update
    set
        subscription_id = excluded.subscription_id,
        billing_account_id = excluded.billing_account_id,
        bill_run_id = excluded.bill_run_id,
        destination_id = excluded.destination_id,
        zone_id = excluded.zone_id,
        product_id = excluded.product_id,
        tariff_id = excluded.tariff_id,
        rate_id = excluded.rate_id,
        allowance_id = excluded.allowance_id,
        category_id = excluded.category_id,
        chargeable_quantity = excluded.chargeable_quantity,
        allowance_quantity = excluded.allowance_quantity,
        charged_quantity = excluded.charged_quantity,
        allowance_used_before = excluded.allowance_used_before,
        allowance_limit = excluded.allowance_limit,
        setup_fee = excluded.setup_fee,
        unit_price = excluded.unit_price,
        price_unit = excluded.price_unit,
        amount_exact = excluded.amount_exact,
        amount = excluded.amount,
        is_late = excluded.is_late,
        version = excluded.version;

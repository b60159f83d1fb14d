-- List what became of some rows of a usage file. Numbers are text, exact.
--
-- grain:      one row per row of the usage file, in its order
-- reads:      rate_usage_input, telecom_usage_event, telecom_rated_usage
-- writes:     nothing
-- params:     after_row, until_row (row numbers, the first excluded)
-- idempotent: reads only
select
    input.event_id,
    input.event_code,
    input.subscription_code,
    event.reason,
    rated.event_id is not null as is_rated,
    rated.product_id,
    rated.destination_id,
    rated.zone_id,
    rated.network,
    rated.time_band_id,
    rated.category_id,
    rated.allowance_id,
    rated.breakdown,
    input.quantity::text as quantity,
    rated.chargeable_quantity::text as chargeable_quantity,
    rated.allowance_quantity::text as allowance_quantity,
    rated.charged_quantity::text as charged_quantity,
    rated.setup_fee::text as setup_fee,
    rated.amount_exact::text as amount_exact,
    rated.allowance_amount::text as allowance_amount,
    rated.capped_amount::text as capped_amount,
    rated.amount::text as amount,
    coalesce(rated.wholesale_cost, input.wholesale_cost)::text as wholesale_cost,
    rated.margin::text as margin
from rate_usage_input as input
inner join telecom_usage_event as event
    on
        input.event_id = event.id
        and input.started_at = event.started_at
left join telecom_rated_usage as rated
    on
        input.event_id = rated.event_id
        and input.started_at = rated.started_at
where
    input.row_number > %(after_row)s
    and input.row_number <= %(until_row)s
order by input.row_number asc

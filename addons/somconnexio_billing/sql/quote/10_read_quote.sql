-- Read the price of one event, or why it has none.
--
-- Numbers are text, so that no reader makes floats of them.
--
-- grain:      one row
-- reads:      telecom_usage_event, telecom_rated_usage (of the sandbox)
-- params:     event_id
-- idempotent: reads only
select
    event.reason,
    rated.event_id is not null as is_rated,
    event.quantity::text as quantity,
    rated.chargeable_quantity::text as chargeable_quantity,
    rated.allowance_quantity::text as allowance_quantity,
    rated.charged_quantity::text as charged_quantity,
    rated.setup_fee::text as setup_fee,
    rated.unit_price::text as unit_price,
    rated.price_unit::text as price_unit,
    rated.amount_exact::text as amount_exact,
    coalesce(rated.allowance_amount, 0)::text as allowance_amount,
    coalesce(rated.capped_amount, 0)::text as capped_amount,
    rated.amount::text as amount
from telecom_usage_event as event
left join telecom_rated_usage as rated on event.id = rated.event_id
where event.id = %(event_id)s;

-- Simulation: give the subscriptions of the sandbox another offering.
--
-- grain:      one row per tariff line
-- reads:      product_product
-- writes:     contract_line (of the sandbox)
-- params:     product_id, from_product_ids (null: whatever they have)
-- idempotent: the same offering again changes nothing
update contract_line as line
set product_id = %(product_id)s
where
    line.telecom_line_kind = 'tariff'
    and (
        %(from_product_ids)s::integer[] is null
        or line.product_id = any(%(from_product_ids)s::integer[])
    );

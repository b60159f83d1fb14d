-- Step 35: find the offering and the tariff of each subscription, by civil date.
--
-- A subscription's tariff lines never overlap (constraint of contract_line), so that
-- one row at most is valid on a day. An archived tariff goes on pricing who has it.
--
-- grain:      one row per tariff line whose offering has a tariff of the company
-- reads:      contract_line, contract_contract, product_product, product_template,
--             telecom_tariff
-- writes:     rating_tariff (temporary); valid_from and valid_to are half-open
-- params:     company_id
-- idempotent: reads only
create temporary table rating_tariff on commit drop as
select
    line.contract_id as subscription_id,
    subscription.telecom_billing_account_id as billing_account_id,
    coalesce(line.date_start, '-infinity') as valid_from,
    coalesce(line.date_end + 1, 'infinity') as valid_to,
    line.product_id,
    product.product_tmpl_id,
    tariff.id as tariff_id,
    tariff.proration_method
from contract_line as line
inner join contract_contract as subscription on line.contract_id = subscription.id
inner join product_product as product on line.product_id = product.id
inner join product_template as offering on product.product_tmpl_id = offering.id
inner join telecom_tariff as tariff on offering.telecom_tariff_id = tariff.id
where
    subscription.company_id = %(company_id)s
    and tariff.company_id = subscription.company_id
    and line.telecom_line_kind = 'tariff'
    and line.active
    and line.is_canceled is not true;

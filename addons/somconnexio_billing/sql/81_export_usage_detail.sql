-- List the usage of a bill run, a line each, for a spreadsheet.
--
-- grain:      one row per rated usage of the run
-- reads:      telecom_rated_usage, telecom_billing_account, res_partner,
--             contract_contract, telecom_usage_type, telecom_destination,
--             telecom_roaming_zone, telecom_usage_category, product_product,
--             product_template, telecom_tariff
-- writes:     nothing
-- params:     run_id, time_zone, lang
--
-- Times are civil, in the company's zone. Numbers are text: exact, never float.
select
    account.code as account_code,
    payer.name as payer_name,
    subscription.code as subscription_code,
    rated.served_number,
    rated.started_at at time zone 'UTC' at time zone %(time_zone)s as started_at,
    coalesce(usage_type.name ->> %(lang)s, usage_type.name ->> 'en_US') as usage_type,
    rated.direction,
    rated.other_number,
    coalesce(destination.name ->> %(lang)s, destination.name ->> 'en_US')
        as destination,
    rated.visited_country,
    coalesce(zone.name ->> %(lang)s, zone.name ->> 'en_US') as zone,
    coalesce(category.name ->> %(lang)s, category.name ->> 'en_US') as category,
    coalesce(offering.name ->> %(lang)s, offering.name ->> 'en_US') as offering,
    tariff.code as tariff_code,
    usage_type.unit,
    rated.quantity::text as quantity,
    rated.chargeable_quantity::text as chargeable_quantity,
    rated.allowance_quantity::text as allowance_quantity,
    rated.charged_quantity::text as charged_quantity,
    rated.amount::text as amount,
    rated.wholesale_cost::text as wholesale_cost,
    case when rated.is_late then 'x' end as is_late
from telecom_rated_usage as rated
inner join telecom_usage_type as usage_type on rated.usage_type_id = usage_type.id
inner join telecom_usage_category as category on rated.category_id = category.id
inner join product_product as product on rated.product_id = product.id
inner join product_template as offering on product.product_tmpl_id = offering.id
inner join contract_contract as subscription
    on rated.subscription_id = subscription.id
left join telecom_billing_account as account
    on rated.billing_account_id = account.id
left join res_partner as payer on account.partner_id = payer.id
left join telecom_tariff as tariff on rated.tariff_id = tariff.id
left join telecom_destination as destination
    on rated.destination_id = destination.id
left join telecom_roaming_zone as zone on rated.zone_id = zone.id
where rated.bill_run_id = %(run_id)s
order by account.code, rated.subscription_id, rated.started_at, rated.event_id

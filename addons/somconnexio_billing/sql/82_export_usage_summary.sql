-- Sum the usage of a bill run by category, for a spreadsheet.
--
-- grain:      one row per offering, category, usage type and direction
-- reads:      telecom_rated_usage, telecom_usage_type, telecom_usage_category,
--             product_product, product_template
-- writes:     nothing
-- params:     run_id, lang
--
-- The margin is that of the events whose cost is known. Numbers are text.
select
    coalesce(offering.name ->> %(lang)s, offering.name ->> 'en_US') as offering,
    coalesce(category.name ->> %(lang)s, category.name ->> 'en_US') as category,
    coalesce(usage_type.name ->> %(lang)s, usage_type.name ->> 'en_US') as usage_type,
    rated.direction,
    usage_type.unit,
    count(*) as event_count,
    count(distinct rated.subscription_id) as subscription_count,
    sum(rated.quantity)::text as quantity,
    sum(rated.allowance_quantity)::text as allowance_quantity,
    sum(rated.charged_quantity)::text as charged_quantity,
    sum(rated.amount)::text as amount,
    sum(rated.wholesale_cost)::text as wholesale_cost,
    sum(rated.amount - rated.wholesale_cost)::text as margin
from telecom_rated_usage as rated
inner join telecom_usage_type as usage_type on rated.usage_type_id = usage_type.id
inner join telecom_usage_category as category on rated.category_id = category.id
inner join product_product as product on rated.product_id = product.id
inner join product_template as offering on product.product_tmpl_id = offering.id
where rated.bill_run_id = %(run_id)s
group by
    offering.id,
    offering.name,
    category.id,
    category.name,
    category.sequence,
    usage_type.id,
    usage_type.name,
    usage_type.unit,
    usage_type.sequence,
    rated.direction
order by
    offering.id,
    category.sequence,
    category.id,
    usage_type.sequence,
    usage_type.id,
    rated.direction

-- Step 20: which lines of subscriptions a price change is for.
-- Grain:      one row per contract line at the old price, in force on the day or later
-- Reads:      telecom_price_change_item, product_product, contract_line,
--             contract_contract
-- Writes:     telecom_price_change_line
-- Params:     change_id, company_id, first_date, user_id
-- Idempotent: a unique index refuses a line twice for a change.
-- Rule:       a line at another price than the catalogue's old one was agreed by
--             itself and stays.
insert into telecom_price_change_line (
    change_id,
    company_id,
    subscription_id,
    product_id,
    contract_line_id,
    successor_line_id,
    date_end,
    old_price,
    new_price,
    create_uid,
    create_date
)
select
    item.change_id,
    %(company_id)s,
    line.contract_id,
    line.product_id,
    line.id,
    null,
    line.date_end,
    item.old_price,
    item.new_price,
    %(user_id)s,
    now() at time zone 'UTC'
from telecom_price_change_item as item
inner join product_product as product
    on item.product_tmpl_id = product.product_tmpl_id
inner join contract_line as line
    on product.id = line.product_id
inner join contract_contract as subscription
    on line.contract_id = subscription.id
where
    item.change_id = %(change_id)s
    and subscription.company_id = %(company_id)s
    and subscription.is_telecom
    and subscription.telecom_state in ('active', 'suspended')
    and line.telecom_line_kind in ('tariff', 'addon')
    and line.is_canceled is not true
    and line.automatic_price is not true
    and (line.date_end is null or line.date_end >= %(first_date)s)
    and round(line.specific_price::numeric, 6) = round(item.old_price::numeric, 6)
    and round(item.old_price::numeric, 6) <> round(item.new_price::numeric, 6)
order by line.contract_id, line.id

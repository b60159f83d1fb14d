-- List what bills charged of whole months to who withdraws from the contract, above
-- the days of service.
--
-- grain:      one row per billed fee that is too much
-- reads:      telecom_bill_run_line, telecom_bill_run_account, product_product,
--             product_template
-- params:     subscription_ids, last_day (of service), digits
-- idempotent: reads only
--
-- Days billed beyond the last one of service are telecom_fee_surplus's.
select
    fee.id as fee_id,
    fee.amount_untaxed - round(
        telecom_prorate(
            fee.price_unit * fee.quantity,
            fee.day_count,
            fee.month_days,
            telecom_fee_convention(template.telecom_fee_proration, true)
        ),
        %(digits)s::integer
    ) as amount
from telecom_bill_run_line as fee
inner join telecom_bill_run_account as bill
    on fee.run_account_id = bill.id
inner join product_product as product
    on fee.product_id = product.id
inner join product_template as template
    on product.product_tmpl_id = template.id
where
    fee.subscription_id = any(%(subscription_ids)s)
    and fee.kind = 'fee'
    and fee.is_void is not true
    and bill.move_id is not null
    and bill.state <> 'cancelled'
    and template.telecom_fee_proration = 'full_month'
    and fee.day_count < fee.month_days
    and fee.period_to <= %(last_day)s::date + 1
order by fee.id

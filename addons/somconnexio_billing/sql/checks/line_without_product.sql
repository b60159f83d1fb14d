-- Control: every billed line has a product.
-- Grain:   one row per line of the run with an amount and no product
-- Reads:   telecom_bill_run_line
-- Params:  run_id
select
    line.billing_account_id,
    line.id as res_id,
    line.name as detail
from telecom_bill_run_line as line
where
    line.run_id = %(run_id)s
    and line.amount_untaxed <> 0
    and line.product_id is null
order by line.id

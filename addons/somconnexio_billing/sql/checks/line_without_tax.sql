-- Control: every billed line has a tax, if only an exemption.
-- Grain:   one row per line of the run with an amount and no tax
-- Reads:   telecom_bill_run_line, telecom_bill_run_line_tax_rel
-- Params:  run_id
select
    line.billing_account_id,
    line.id as res_id,
    line.name as detail
from telecom_bill_run_line as line
where
    line.run_id = %(run_id)s
    and line.amount_untaxed <> 0
    and not exists (
        select from telecom_bill_run_line_tax_rel as rel
        where rel.line_id = line.id
    )
order by line.id

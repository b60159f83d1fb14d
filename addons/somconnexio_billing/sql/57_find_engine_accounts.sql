-- Step 57: the bills whose taxes Odoo's own engine must compute.
-- Grain:      one row per run account
-- Reads:      telecom_bill_run_line, telecom_bill_run_line_tax_rel,
--             telecom_bill_run_account, account_tax
-- Params:     run_id, digits, simple_tax_ids, is_rounded_per_line
-- Rule:       a tax that is no plain percentage on top of the price; or an amount that
--             lies exactly on half a cent, which Odoo rounds in floating point.
with

taxed_line as (
    select
        line.run_account_id,
        line.amount_untaxed,
        rel.tax_id,
        line.amount_untaxed * tax.amount / 100 as tax_amount,
        rel.tax_id <> all(%(simple_tax_ids)s::integer[]) as is_special
    from telecom_bill_run_line as line
    inner join telecom_bill_run_account as account
        on line.run_account_id = account.id
    inner join telecom_bill_run_line_tax_rel as rel
        on line.id = rel.line_id
    inner join account_tax as tax
        on rel.tax_id = tax.id
    where
        line.run_id = %(run_id)s
        and line.amount_untaxed <> 0
        and account.move_id is null
),

rounded_amount as (
    select
        taxed_line.run_account_id,
        taxed_line.tax_amount
    from taxed_line
    where %(is_rounded_per_line)s
    union all
    select
        taxed_line.run_account_id,
        sum(taxed_line.tax_amount) as tax_amount
    from taxed_line
    where not %(is_rounded_per_line)s
    group by taxed_line.run_account_id, taxed_line.tax_id
)

select taxed_line.run_account_id
from taxed_line
where taxed_line.is_special
union
select rounded_amount.run_account_id
from rounded_amount
where
    mod(abs(rounded_amount.tax_amount) * power(10::numeric, %(digits)s::integer), 1)
    = 0.5

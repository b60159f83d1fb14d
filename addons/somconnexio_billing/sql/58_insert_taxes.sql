-- Step 58: base and amount of each tax of each bill, plain percentages only.
-- Grain:      one row per run account x tax
-- Reads:      telecom_bill_run_line, telecom_bill_run_line_tax_rel,
--             telecom_bill_run_account, account_tax
-- Writes:     telecom_bill_run_tax
-- Params:     run_id, company_id, digits, is_rounded_per_line, engine_account_ids (left
--             to Odoo's engine), simple_tax_ids
-- Idempotent: 51 deletes first.
-- Rule:       per line, every line's tax is rounded; globally, the tax of the bill is.
insert into telecom_bill_run_tax (
    run_id,
    run_account_id,
    company_id,
    tax_id,
    amount_base,
    amount_tax
)
select
    %(run_id)s,
    line.run_account_id,
    %(company_id)s,
    rel.tax_id,
    sum(line.amount_untaxed),
    case
        when %(is_rounded_per_line)s
            then
                sum(
                    round(
                        line.amount_untaxed * tax.amount / 100, %(digits)s::integer
                    )
                )
        else round(sum(line.amount_untaxed * tax.amount / 100), %(digits)s::integer)
    end
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
    and account.id <> all(%(engine_account_ids)s::integer[])
group by line.run_account_id, rel.tax_id

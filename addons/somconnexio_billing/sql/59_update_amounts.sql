-- Step 59: the totals of each previewed bill, and whether there is one at all.
-- Grain:      one row per open run account
-- Reads:      telecom_bill_run_line, telecom_bill_run_tax
-- Writes:     telecom_bill_run_account: amounts; state pending or nothing
-- Params:     run_id, included_tax_ids (taxes that the prices of the lines contain)
-- Idempotent: same lines, same totals; held accounts stay held.
with

line_total as (
    select
        line.run_account_id,
        sum(line.amount_untaxed) as amount,
        count(*) filter (where line.amount_untaxed <> 0) as billed_count
    from telecom_bill_run_line as line
    where line.run_id = %(run_id)s
    group by line.run_account_id
),

tax_total as (
    select
        tax.run_account_id,
        sum(tax.amount_tax) as amount,
        sum(tax.amount_tax) filter (
            where tax.tax_id = any(%(included_tax_ids)s::integer[])
        ) as included_amount
    from telecom_bill_run_tax as tax
    where tax.run_id = %(run_id)s
    group by tax.run_account_id
),

bill_total as (
    select
        account.id,
        coalesce(line_total.amount, 0)
        - coalesce(tax_total.included_amount, 0) as untaxed,
        coalesce(tax_total.amount, 0) as tax,
        coalesce(line_total.billed_count, 0) > 0 as is_billed
    from telecom_bill_run_account as account
    left join line_total
        on account.id = line_total.run_account_id
    left join tax_total
        on account.id = tax_total.run_account_id
    where
        account.run_id = %(run_id)s
        and account.move_id is null
)

update telecom_bill_run_account as account
set
    amount_untaxed = bill_total.untaxed,
    amount_tax = bill_total.tax,
    amount_total = bill_total.untaxed + bill_total.tax,
    state = case
        when not bill_total.is_billed then 'nothing'
        when account.state = 'nothing' then 'pending'
        else account.state
    end
from bill_total
where account.id = bill_total.id

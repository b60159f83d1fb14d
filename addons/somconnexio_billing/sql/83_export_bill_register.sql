-- List the bills of a run and what corrects them, as the register of issued invoices.
--
-- grain:      one row per posted bill or credit note and tax
-- reads:      account_move, account_move_line, account_tax, account_tax_group,
--             telecom_billing_account, telecom_bill_run, res_partner, res_country
-- writes:     nothing
-- params:     run_id, lang
--
-- Columns are those of the book of issued invoices (RD 1624/1992, art. 63): number,
-- dates of issue and operation, recipient, base, rate and quota. A credit note's
-- amounts are negative. Numbers are text.
with bills as (
    select
        move.id,
        case move.move_type when 'out_refund' then -1 else 1 end as direction
    from account_move as move
    left join account_move as corrected on move.reversed_entry_id = corrected.id
    where
        move.state = 'posted'
        and move.move_type in ('out_invoice', 'out_refund')
        and %(run_id)s in (move.telecom_bill_run_id, corrected.telecom_bill_run_id)
),

bases as (
    select
        item.move_id,
        line_tax.account_tax_id as tax_id,
        sum(bills.direction * item.price_subtotal) as amount_base
    from account_move_line as item
    inner join bills on item.move_id = bills.id
    inner join account_move_line_account_tax_rel as line_tax
        on item.id = line_tax.account_move_line_id
    inner join account_tax as tax on line_tax.account_tax_id = tax.id
    where
        item.display_type = 'product'
        and tax.amount_type != 'group'
    group by item.move_id, line_tax.account_tax_id
),

quotas as (
    select
        item.move_id,
        item.tax_line_id as tax_id,
        -sum(item.amount_currency) as amount_tax
    from account_move_line as item
    inner join bills on item.move_id = bills.id
    where item.tax_line_id is not null
    group by item.move_id, item.tax_line_id
)

select
    move.name as bill_number,
    move.invoice_date as bill_date,
    (run.period_end - 1) as operation_date,
    case move.move_type when 'out_refund' then 'R' else 'F' end as bill_kind,
    corrected.name as corrected_number,
    account.code as account_code,
    payer.name as payer_name,
    payer.vat as payer_tax_id,
    country.code as payer_country,
    coalesce(tax_group.name ->> %(lang)s, tax_group.name ->> 'en_US') as tax_name,
    tax.amount::text as tax_rate,
    bases.amount_base::text as amount_base,
    coalesce(quotas.amount_tax, 0)::text as amount_tax,
    (bills.direction * move.amount_total)::text as amount_total
from bills
inner join account_move as move on bills.id = move.id
left join bases on bills.id = bases.move_id
left join quotas
    on bases.move_id = quotas.move_id and bases.tax_id = quotas.tax_id
left join account_tax as tax on bases.tax_id = tax.id
left join account_tax_group as tax_group on tax.tax_group_id = tax_group.id
left join account_move as corrected on move.reversed_entry_id = corrected.id
left join telecom_bill_run as run
    on coalesce(move.telecom_bill_run_id, corrected.telecom_bill_run_id) = run.id
left join telecom_billing_account as account
    on move.telecom_billing_account_id = account.id
left join res_partner as payer on move.partner_id = payer.id
left join res_country as country on payer.country_id = country.id
order by move.invoice_date, move.name, tax.sequence, tax.id

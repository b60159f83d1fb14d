-- Sum base and quota of each tax of bills, for printing them.
--
-- grain:      one row per journal entry and tax, in the taxes' own order
-- reads:      account_move, account_move_line, account_tax
-- writes:     nothing
-- params:     move_ids
--
-- A zero tax makes no tax line: its base is read from the product lines. The members
-- of a group of taxes are only known from their tax lines.
with taxed_lines as (
    select
        item.move_id,
        line_tax.account_tax_id as tax_id,
        sum(
            case move.move_type when 'out_refund' then -1 else 1 end
            * item.price_subtotal
        ) as amount_base
    from account_move_line as item
    inner join account_move as move on item.move_id = move.id
    inner join account_move_line_account_tax_rel as line_tax
        on item.id = line_tax.account_move_line_id
    inner join account_tax as tax on line_tax.account_tax_id = tax.id
    where
        item.move_id = any(%(move_ids)s)
        and item.display_type = 'product'
        and tax.amount_type != 'group'
    group by item.move_id, line_tax.account_tax_id
),

tax_lines as (
    select
        item.move_id,
        item.tax_line_id as tax_id,
        -sum(item.amount_currency) as amount_tax,
        -sum(sign(item.balance) * abs(item.tax_base_amount)) as amount_base
    from account_move_line as item
    where
        item.move_id = any(%(move_ids)s)
        and item.tax_line_id is not null
    group by item.move_id, item.tax_line_id
)

select
    coalesce(taxed_lines.move_id, tax_lines.move_id) as bill_id,
    tax.id as tax_id,
    coalesce(taxed_lines.amount_base, tax_lines.amount_base, 0)::text as base,
    coalesce(tax_lines.amount_tax, 0)::text as amount
from taxed_lines
full join tax_lines
    on taxed_lines.move_id = tax_lines.move_id and taxed_lines.tax_id = tax_lines.tax_id
inner join account_tax as tax
    on coalesce(taxed_lines.tax_id, tax_lines.tax_id) = tax.id
order by
    coalesce(taxed_lines.move_id, tax_lines.move_id),
    tax.sequence,
    tax.id

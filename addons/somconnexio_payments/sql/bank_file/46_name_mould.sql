-- Step 46, second: the first entry tells whose money it is, as the others do.
-- Grain:      one row at most in each table.
-- Reads:      temporary bank_plan, res_partner.
-- Writes:     account_bank_statement_line, account_move, account_move_line (mould).
-- Params:     bank_item_id: the mould's line on the bank's account; mould_item_id: that
--             on the suspense account, if it is still there.
-- Idempotent: yes.
with owner as (
    select
        plan.line_id,
        plan.move_id,
        partner.id as partner_id,
        partner.commercial_partner_id,
        partner.complete_name
    from bank_plan as plan
    inner join res_partner as partner on plan.partner_id = partner.id
    where plan.is_mould
),

line as (
    update account_bank_statement_line as line
    set partner_id = owner.partner_id
    from owner
    where line.id = owner.line_id
),

item as (
    update account_move_line as item
    set partner_id = owner.partner_id
    from owner
    where
        item.move_id = owner.move_id
        and item.id in (%(bank_item_id)s, %(mould_item_id)s)
)

update account_move as move
set
    partner_id = owner.partner_id,
    commercial_partner_id = owner.commercial_partner_id,
    invoice_partner_display_name = owner.complete_name
from owner
where move.id = owner.move_id

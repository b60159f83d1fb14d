-- Step 43: what each entry moves on the bank's account.
-- Grain:      one row per entry but the first.
-- Reads:      temporary bank_plan, account_move_line (the mould's), account_move.
-- Writes:     account_move_line
-- Params:     mould_item_id: the mould's line on the bank's account.
-- Idempotent: no.
insert into account_move_line
select copied.*
from bank_plan as plan
inner join account_move_line as mould on mould.id = %(mould_item_id)s
inner join account_move as move on plan.move_id = move.id
cross join
    lateral jsonb_populate_record(
        mould,
        jsonb_build_object(
            'id', nextval('account_move_line_id_seq'),
            'move_id', plan.move_id,
            'move_name', move.name,
            'statement_line_id', plan.line_id,
            'date', plan.day,
            'name', plan.label,
            'partner_id', plan.partner_id,
            'debit', greatest(plan.amount, 0),
            'credit', greatest(-plan.amount, 0),
            'balance', plan.amount,
            'amount_currency', plan.amount,
            'price_subtotal', plan.amount,
            'price_total', plan.amount,
            'amount_residual', plan.amount,
            'amount_residual_currency', plan.amount
        )
    ) as copied
where not plan.is_mould
order by plan.number

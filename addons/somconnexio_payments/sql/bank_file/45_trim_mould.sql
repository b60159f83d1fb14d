-- Step 45: the first entry's line on the suspense account keeps what is still open.
-- Grain:      one row.
-- Reads:      temporary bank_plan
-- Writes:     account_move_line
-- Params:     mould_item_id: the mould's line on the suspense account.
-- Idempotent: yes.
update account_move_line as item
set
    debit = greatest(-plan.open_amount, 0),
    credit = greatest(plan.open_amount, 0),
    balance = -plan.open_amount,
    amount_currency = -plan.open_amount,
    price_subtotal = -plan.open_amount,
    price_total = -plan.open_amount
from bank_plan as plan
where plan.is_mould and item.id = %(mould_item_id)s

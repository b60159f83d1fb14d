-- Step debit/54: the credit that the ORM made for a whole slice keeps its own amount.
-- Grain:      one row
-- Writes:     account_move_line
-- Params:     mould_id: the credit; amount: of the first debit of the slice
-- Idempotent: yes.
update account_move_line
set
    credit = %(amount)s::numeric,
    balance = -%(amount)s::numeric,
    amount_currency = -%(amount)s::numeric,
    amount_residual = -%(amount)s::numeric,
    amount_residual_currency = -%(amount)s::numeric,
    price_subtotal = -%(amount)s::numeric,
    price_total = -%(amount)s::numeric
where id = %(mould_id)s

-- Step debit/55: the credits of a slice, cast from the one that the ORM made.
-- Grain:      one row per debit of the slice that is not booked yet, but the first
-- Reads:      account_payment_line, account_move_line (the mould)
-- Writes:     account_move_line
-- Params:     slice_id; mould_id: a posted credit; mould_name: of the first debit
-- Idempotent: no; the slice is locked and its debits are closed in this transaction.
insert into account_move_line
select copied.*
from account_payment_line as line
inner join account_move_line as mould on mould.id = %(mould_id)s
cross join
    lateral jsonb_populate_record(
        mould,
        jsonb_build_object(
            'id', nextval('account_move_line_id_seq'),
            'name', line.name,
            'partner_id', line.partner_id,
            'credit', line.amount_currency,
            'balance', -line.amount_currency,
            'amount_currency', -line.amount_currency,
            'amount_residual', -line.amount_currency,
            'amount_residual_currency', -line.amount_currency,
            'price_subtotal', -line.amount_currency,
            'price_total', -line.amount_currency
        )
    ) as copied
where
    line.debit_slice_id = %(slice_id)s
    and line.debit_booked_date is null
    and line.is_debit_open is true
    and line.name <> %(mould_name)s
order by line.name

-- Step debit/52: what the entry of a slice credits.
-- Grain:      one row per debit of the slice that is not booked yet
-- Reads:      account_payment_line, account_move_line
-- Params:     slice_id
-- Idempotent: reads only.
select
    line.id,
    line.name,
    line.amount_currency::text as amount,
    line.partner_id,
    line.move_line_id,
    line.capital_call_id,
    item.account_id
from account_payment_line as line
inner join account_move_line as item
    on line.move_line_id = item.id
where
    line.debit_slice_id = %(slice_id)s
    and line.debit_booked_date is null
    and line.is_debit_open is true
order by line.name

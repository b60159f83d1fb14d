-- Step debit/57: the credits of an entry and the items of bills that they pay. A bill
-- that was paid in another way since the file was written, or taken back, is not among
-- them: its credit stays on account.
-- Grain:      one row per debit of the slice
-- Reads:      account_payment_line, account_move_line
-- Params:     slice_id, move_id
-- Idempotent: reads only.
select
    item.id as item_id,
    credit.id as credit_id
from account_payment_line as line
inner join account_move_line as item
    on line.move_line_id = item.id
inner join account_move_line as credit
    on
        credit.move_id = %(move_id)s
        and line.name = credit.name
where
    line.debit_slice_id = %(slice_id)s
    and line.debit_booked_date is null
    and item.parent_state = 'posted'
    and item.amount_residual > 0
order by line.name

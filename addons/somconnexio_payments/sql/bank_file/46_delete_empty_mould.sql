-- Step 46: nothing open: the first entry needs no line on the suspense account.
-- Grain:      one row at most.
-- Reads:      temporary bank_plan
-- Writes:     account_move_line
-- Params:     mould_item_id
-- Idempotent: yes.
delete from account_move_line as item
using bank_plan as plan
where plan.is_mould and plan.open_amount = 0 and item.id = %(mould_item_id)s

-- Control: a debit draws what its bill still owes, without what is claimed about it, or
--          the part agreed in a plan.
-- Grain:   one row per debit that draws anything else
-- Params:  run_id
select
    line.id as line_id,
    line.name as end_to_end_id,
    line.communication as label,
    line.amount_currency as debited,
    item.amount_residual - coalesce(line.disputed_amount, 0) as owed
from account_payment_line as line
inner join account_move_line as item
    on line.move_line_id = item.id
left join telecom_debit_wish as wish
    on line.debit_wish_id = wish.id and wish.kind = 'part'
where
    line.debit_run_id = %(run_id)s
    and line.is_debit_open is true
    and line.capital_call_id is null
    and line.amount_currency <> case
        when wish.id is null
            then item.amount_residual - coalesce(line.disputed_amount, 0)
        else least(wish.amount, item.amount_residual)
    end
union all
select
    line.id,
    line.name,
    line.communication,
    line.amount_currency,
    call.amount
from account_payment_line as line
inner join cooperative_capital_call as call
    on line.capital_call_id = call.id
where
    line.debit_run_id = %(run_id)s
    and line.is_debit_open is true
    and line.amount_currency <> call.amount

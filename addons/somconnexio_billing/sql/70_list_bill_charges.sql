-- List what bills charge, for printing them.
--
-- grain:      one row per product line of a journal entry
-- reads:      account_move, account_move_line, telecom_bill_run_line
-- writes:     nothing
-- params:     move_ids
--
-- Amounts are text, to be read as Decimal and never as float; a refund's are negative.
select
    item.move_id as bill_id,
    item.telecom_subscription_id as subscription_id,
    item.name,
    (
        case move.move_type when 'out_refund' then -1 else 1 end * item.price_subtotal
    )::text as amount,
    coalesce(run_line.quantity, item.quantity)::text as quantity,
    coalesce(run_line.price_unit, item.price_unit)::text as unit_price,
    run_line.period_from as period_start,
    run_line.period_to as period_end,
    coalesce(run_line.day_count, 0) as day_count,
    coalesce(run_line.month_days, 0) as month_days
from account_move_line as item
inner join account_move as move on item.move_id = move.id
left join telecom_bill_run_line as run_line on item.telecom_bill_line_id = run_line.id
where
    item.move_id = any(%(move_ids)s)
    and item.display_type = 'product'
order by
    item.move_id,
    item.telecom_subscription_id nulls last,
    item.sequence,
    item.id

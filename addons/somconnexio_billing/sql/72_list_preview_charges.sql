-- List what accounts of a bill run owe, for printing a bill before it exists.
--
-- grain:      one row per line of the run that will be a line of the bill
-- reads:      telecom_bill_run_line
-- writes:     nothing
-- params:     run_account_ids
--
-- Same columns as step 70: a preview and its bill are printed by the same code.
select
    run_line.run_account_id as bill_id,
    run_line.subscription_id,
    run_line.name,
    run_line.amount_untaxed::text as amount,
    coalesce(run_line.quantity, 1)::text as quantity,
    run_line.price_unit::text as unit_price,
    run_line.period_from as period_start,
    run_line.period_to as period_end,
    coalesce(run_line.day_count, 0) as day_count,
    coalesce(run_line.month_days, 0) as month_days
from telecom_bill_run_line as run_line
where
    run_line.run_account_id = any(%(run_account_ids)s)
    and (run_line.kind != 'usage' or run_line.amount_untaxed != 0)
order by
    run_line.run_account_id,
    run_line.subscription_id nulls last,
    run_line.sequence,
    run_line.id

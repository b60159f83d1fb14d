-- Step debit/24: count and sum of a run.
-- Grain:      one row
-- Reads:      account_payment_line, telecom_debit_left_out
-- Params:     run_id
-- Idempotent: reads only.
select
    debit.line_count,
    debit.amount_total,
    debit.booked_count,
    debit.first_date,
    debit.last_date,
    left_out.left_out_count,
    left_out.left_out_amount
from (
    select
        count(*) as line_count,
        coalesce(sum(amount_currency), 0) as amount_total,
        count(debit_booked_date) as booked_count,
        min(date) as first_date,
        max(date) as last_date
    from account_payment_line
    where debit_run_id = %(run_id)s
) as debit
cross join (
    select
        count(*) as left_out_count,
        coalesce(sum(amount), 0) as left_out_amount
    from telecom_debit_left_out
    where run_id = %(run_id)s
) as left_out

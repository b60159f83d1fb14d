-- Step debit/25: the totals of the payment orders of a run.
-- Grain:      one row per order
-- Reads:      account_payment_line
-- Writes:     account_payment_order
-- Params:     run_id
-- Idempotent: yes.
update account_payment_order as payment_order
set
    total_company_currency = coalesce((
        select sum(line.amount_company_currency)
        from account_payment_line as line
        where line.order_id = payment_order.id
    ), 0)
where payment_order.debit_run_id = %(run_id)s

-- Sum the bills of billing accounts by month, for the chart on the bill.
--
-- grain:      one row per billing account and month with a posted bill
-- reads:      account_move, telecom_bill_run
-- writes:     nothing
-- params:     account_ids (billing accounts), first_month, last_month (first days)
--
-- A bill belongs to the month that it bills, a credit note to that of the bill that it
-- corrects, and what is neither to the month of its date.
with bills as (
    select
        move.telecom_billing_account_id as billing_account_id,
        date_trunc(
            'month',
            coalesce(run.period_start, corrected_run.period_start, move.invoice_date)
        )::date as month,
        move.amount_total_signed as amount
    from account_move as move
    left join telecom_bill_run as run on move.telecom_bill_run_id = run.id
    left join account_move as corrected on move.reversed_entry_id = corrected.id
    left join telecom_bill_run as corrected_run
        on corrected.telecom_bill_run_id = corrected_run.id
    where
        move.telecom_billing_account_id = any(%(account_ids)s)
        and move.state = 'posted'
        and move.move_type in ('out_invoice', 'out_refund')
)

select
    bills.billing_account_id,
    bills.month,
    sum(bills.amount)::text as amount
from bills
where bills.month between %(first_month)s and %(last_month)s
group by bills.billing_account_id, bills.month
order by bills.billing_account_id, bills.month

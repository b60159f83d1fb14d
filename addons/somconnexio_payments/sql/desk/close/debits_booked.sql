-- Desk, month close: debits that were sent are booked.
--
-- grain:      one row
-- reads:      telecom_debit_run, account_payment_line
-- writes:     nothing
-- params:     company_id, first_date (civil, of the month), next_date (civil, first
--             of the next month)
-- idempotent: yes
select
    coalesce(
        sum(line.amount_currency) filter (
            where line.debit_booked_date is not null
        ),
        0
    ) as figure,
    coalesce(sum(line.amount_currency), 0) as expected
from account_payment_line as line
inner join telecom_debit_run as run
    on line.debit_run_id = run.id
where
    run.company_id = %(company_id)s
    and run.state in ('sent', 'booked', 'closed')
    and line.date >= %(first_date)s
    and line.date < %(next_date)s

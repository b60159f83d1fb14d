-- Desk, month close: debits in files are those of the runs.
--
-- grain:      one row
-- reads:      telecom_debit_run, account_payment_line
-- writes:     nothing
-- params:     company_id, first_date (civil, of the month), next_date (civil, first
--             of the next month)
-- idempotent: yes
select
    coalesce(sum(line.amount_currency), 0) as figure,
    (
        select coalesce(sum(run.amount_total), 0)
        from telecom_debit_run as run
        where
            run.company_id = %(company_id)s
            and run.state in ('filed', 'sent', 'booked', 'closed')
            and run.first_date >= %(first_date)s
            and run.first_date < %(next_date)s
    ) as expected
from account_payment_line as line
inner join telecom_debit_run as header
    on line.debit_run_id = header.id
where
    header.company_id = %(company_id)s
    and header.state in ('filed', 'sent', 'booked', 'closed')
    and header.first_date >= %(first_date)s
    and header.first_date < %(next_date)s

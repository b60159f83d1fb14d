-- Desk, month close: returns that the bank told of are booked.
--
-- grain:      one row
-- reads:      telecom_returned_debit, payment_return, payment_return_line
-- writes:     nothing
-- params:     company_id, first_date (civil, of the month), next_date (civil, first
--             of the next month)
-- idempotent: yes
select
    coalesce(sum(line.amount), 0) as figure,
    (
        select coalesce(sum(told.amount), 0)
        from telecom_returned_debit as told
        where
            told.company_id = %(company_id)s
            and told.day >= %(first_date)s
            and told.day < %(next_date)s
    ) as expected
from payment_return_line as line
inner join payment_return as header
    on line.return_id = header.id
where
    header.company_id = %(company_id)s
    and header.state = 'done'
    and header.date >= %(first_date)s
    and header.date < %(next_date)s

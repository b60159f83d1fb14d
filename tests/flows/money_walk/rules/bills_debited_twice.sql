-- Rule:  a bill is in one debit run at a time.
-- Grain: a bill in two.
select
    line.debit_move_id,
    count(*) as debits
from account_payment_line as line
inner join telecom_debit_run as run on line.debit_run_id = run.id
where
    line.debit_move_id is not null
    and run.company_id = %(company_id)s
    and line.debit_booked_date is null
    and run.state in ('proposed', 'confirmed', 'filed', 'sent')
group by line.debit_move_id
having count(*) > 1

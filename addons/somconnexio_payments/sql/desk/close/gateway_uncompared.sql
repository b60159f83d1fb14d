-- Desk, month close: every payment by a bank app has been compared.
--
-- grain:      one row
-- reads:      telecom_payment_gateway_transaction, res_company
-- writes:     nothing
-- params:     company_id, first_date (civil, of the month), next_date (civil, first
--             of the next month)
-- idempotent: yes
select
    count(*) as figure,
    0 as expected
from telecom_payment_gateway_transaction as paid
inner join res_company as company
    on paid.company_id = company.id
where
    paid.company_id = %(company_id)s
    and paid.is_sandbox is not true
    and paid.register_state <> 'equal'
    and (
        paid.booked_at at time zone 'UTC' at time zone company.telecom_timezone
    )::date >= %(first_date)s
    and (
        paid.booked_at at time zone 'UTC' at time zone company.telecom_timezone
    )::date < %(next_date)s

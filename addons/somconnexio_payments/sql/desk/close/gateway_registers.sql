-- Desk, month close: the bank apps list the payments that we have.
--
-- grain:      one row
-- reads:      telecom_payment_gateway_register
-- writes:     nothing
-- params:     company_id, first_date (civil, of the month), next_date (civil, first
--             of the next month)
-- idempotent: yes
select
    coalesce(sum(register.our_amount), 0) as figure,
    coalesce(sum(register.bank_amount), 0) as expected
from telecom_payment_gateway_register as register
where
    register.company_id = %(company_id)s
    and register.day >= %(first_date)s
    and register.day < %(next_date)s

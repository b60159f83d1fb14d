-- Desk, month close: all that the statements say is allocated.
--
-- grain:      one row
-- reads:      telecom_bank_transaction
-- writes:     nothing
-- params:     company_id, first_date (civil, of the month), next_date (civil, first
--             of the next month)
-- idempotent: yes
select
    count(*) as figure,
    0 as expected
from telecom_bank_transaction as waiting
where
    waiting.company_id = %(company_id)s
    and waiting.state = 'exception'
    and waiting.day < %(next_date)s

-- Desk, month close: no refund waits.
--
-- grain:      one row
-- reads:      telecom_refund
-- writes:     nothing
-- params:     company_id, first_date (civil, of the month), next_date (civil, first
--             of the next month)
-- idempotent: yes
select
    coalesce(sum(refund.amount), 0) as figure,
    0 as expected
from telecom_refund as refund
where
    refund.company_id = %(company_id)s
    and refund.state not in ('paid', 'cancelled')
    and refund.create_date < %(next_date)s

-- Desk, month close: no claim about a bill is open.
--
-- grain:      one row
-- reads:      telecom_payment_dispute
-- writes:     nothing
-- params:     company_id, first_date (civil, of the month), next_date (civil, first
--             of the next month)
-- idempotent: yes
select
    coalesce(sum(claim.amount), 0) as figure,
    0 as expected
from telecom_payment_dispute as claim
where
    claim.company_id = %(company_id)s
    and claim.state = 'open'
    and claim.opened_date < %(next_date)s

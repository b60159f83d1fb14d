-- Desk, month close: nothing of the month is left as a draft.
--
-- grain:      one row
-- reads:      account_move
-- writes:     nothing
-- params:     company_id, first_date (civil, of the month), next_date (civil, first
--             of the next month)
-- idempotent: yes
select
    count(*) as figure,
    0 as expected
from account_move as entry
where
    entry.company_id = %(company_id)s
    and entry.state = 'draft'
    and coalesce(entry.invoice_date, entry.date) < %(next_date)s

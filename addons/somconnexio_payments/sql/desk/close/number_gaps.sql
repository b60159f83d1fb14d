-- Desk, month close: the numbers of bills have no gaps.
--
-- grain:      one row
-- reads:      account_move, account_journal
-- writes:     nothing
-- params:     company_id, first_date (civil, of the month), next_date (civil, first
--             of the next month)
-- idempotent: yes
select
    count(*) as figure,
    0 as expected
from account_move as entry
inner join account_journal as journal
    on entry.journal_id = journal.id
where
    entry.company_id = %(company_id)s
    and entry.state = 'posted'
    and entry.made_sequence_gap is true
    and journal.type = 'sale'
    and entry.date >= %(first_date)s
    and entry.date < %(next_date)s

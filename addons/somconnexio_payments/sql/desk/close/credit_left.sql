-- Desk, month close: no money of customers waits for a bill.
--
-- grain:      one row
-- reads:      account_move_line, account_account
-- writes:     nothing
-- params:     company_id, first_date (civil, of the month), next_date (civil, first
--             of the next month)
-- idempotent: yes
select
    coalesce(-sum(item.amount_residual), 0) as figure,
    0 as expected
from account_move_line as item
inner join account_account as account
    on item.account_id = account.id
inner join account_move as entry
    on item.move_id = entry.id
where
    item.company_id = %(company_id)s
    and item.parent_state = 'posted'
    and item.amount_residual < 0
    and item.date < %(next_date)s
    and entry.move_type = 'entry'
    and account.account_type = 'asset_receivable'

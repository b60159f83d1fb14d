-- Desk, month close: bills are owed as they say.
--
-- grain:      one row
-- reads:      account_move, account_move_line, account_account
-- writes:     nothing
-- params:     company_id, first_date (civil, of the month), next_date (civil, first
--             of the next month)
-- idempotent: yes
select
    coalesce(sum(item.balance), 0) as figure,
    (
        select coalesce(sum(bill.amount_total_signed), 0)
        from account_move as bill
        where
            bill.company_id = %(company_id)s
            and bill.telecom_billing_account_id is not null
            and bill.state = 'posted'
            and bill.move_type in ('out_invoice', 'out_refund')
            and bill.date >= %(first_date)s
            and bill.date < %(next_date)s
    ) as expected
from account_move_line as item
inner join account_move as entry
    on item.move_id = entry.id
inner join account_account as account
    on item.account_id = account.id
where
    entry.company_id = %(company_id)s
    and entry.telecom_billing_account_id is not null
    and entry.state = 'posted'
    and entry.move_type in ('out_invoice', 'out_refund')
    and entry.date >= %(first_date)s
    and entry.date < %(next_date)s
    and account.account_type = 'asset_receivable'

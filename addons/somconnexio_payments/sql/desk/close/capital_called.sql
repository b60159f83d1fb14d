-- Desk, month close: the book of share capital is the ledger: called and not paid.
--
-- grain:      one row
-- reads:      res_company, account_move_line, cooperative_share_movement
-- writes:     nothing
-- params:     company_id, first_date (civil, of the month), next_date (civil, first
--             of the next month)
-- idempotent: yes
select
    coalesce(sum(item.balance), 0) as figure,
    (
        select coalesce(sum(movement.called_amount - movement.paid_amount), 0)
        from cooperative_share_movement as movement
        where
            movement.company_id = %(company_id)s
            and movement.date < %(next_date)s
    ) as expected
from account_move_line as item
inner join res_company as company
    on item.company_id = company.id
where
    item.company_id = %(company_id)s
    and item.parent_state = 'posted'
    and item.date < %(next_date)s
    and item.account_id in (
        company.cooperative_called_account_id
    )

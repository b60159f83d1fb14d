-- Desk, month close: what was under way at the bank has arrived.
--
-- grain:      one row
-- reads:      account_payment_method_line, account_move_line
-- writes:     nothing
-- params:     company_id, first_date (civil, of the month), next_date (civil, first
--             of the next month)
-- idempotent: yes
select
    coalesce(sum(abs(item.amount_residual)), 0) as figure,
    0 as expected
from account_move_line as item
where
    item.company_id = %(company_id)s
    and item.parent_state = 'posted'
    and item.reconciled is not true
    and item.date < %(next_date)s
    and item.account_id in (
        select method.payment_account_id
        from account_payment_method_line as method
        where method.payment_account_id is not null
    )

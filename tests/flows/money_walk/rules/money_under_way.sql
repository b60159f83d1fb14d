-- Rule:  when all statements are in, nothing waits between ledger and bank.
-- Grain: an account between them that has a balance.
select
    item.account_id,
    sum(item.balance) as balance
from account_move_line as item
where
    item.account_id = any(%(account_ids)s)
    and item.parent_state = 'posted'
    and item.company_id = %(company_id)s
group by item.account_id
having sum(item.balance) <> 0

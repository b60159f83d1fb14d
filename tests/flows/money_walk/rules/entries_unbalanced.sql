-- Rule:  each posted entry is balanced, and so is the whole ledger.
-- Grain: an entry that is not.
select
    move_id,
    sum(debit - credit) as difference
from account_move_line
where parent_state = 'posted' and company_id = %(company_id)s
group by move_id
having sum(debit - credit) <> 0

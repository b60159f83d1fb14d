-- Step 48: every journal entry is balanced and moves the bank by the entry's amount.
-- Grain:      one row per entry that is not so: there must be none.
-- Reads:      temporary bank_plan, account_move_line.
-- Params:     bank_account_id
-- Idempotent: yes.
select
    plan.entry_id,
    plan.amount,
    sum(item.balance) as balance,
    sum(item.balance) filter (where item.account_id = %(bank_account_id)s) as moved
from bank_plan as plan
left join account_move_line as item on plan.move_id = item.move_id
group by plan.entry_id, plan.amount
having
    sum(item.balance) is distinct from 0
    or sum(item.balance) filter (where item.account_id = %(bank_account_id)s)
    is distinct from plan.amount

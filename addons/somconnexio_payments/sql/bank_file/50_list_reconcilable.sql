-- Step 50: which journal items an allocated transaction settles.
-- Grain:      one row per transaction: its own line and the lines that it pays.
-- Reads:      telecom_bank_transaction, telecom_bank_transaction_line_rel,
--             account_move_line.
-- Params:     transaction_ids
-- Rule:       looked up one by one through the keys: the tables were filled in this
--             transaction, and the planner does not know yet how.
-- Idempotent: yes; lines that are settled already are left out.
select
    part.id,
    part.counterpart_line_id,
    paid.line_ids
from telecom_bank_transaction as part
cross join
    lateral (
        select bool_and(own.reconciled) as reconciled
        from account_move_line as own
        where own.id = part.counterpart_line_id
    ) as own
cross join
    lateral (
        select array_agg(line.id order by line.date_maturity, line.id) as line_ids
        from telecom_bank_transaction_line_rel as link
        inner join account_move_line as line on link.line_id = line.id
        where link.transaction_id = part.id and line.reconciled is not true
    ) as paid
where
    part.id = any(%(transaction_ids)s)
    and part.state = 'matched'
    and part.counterpart_line_id is not null
    and own.reconciled is not true
    and paid.line_ids is not null
order by part.id

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
        select own.reconciled
        from account_move_line as own
        where own.id = part.counterpart_line_id
        limit 1
    ) as own
cross join
    lateral (
        select array_agg(line.id order by line.date_maturity, line.id) as line_ids
        from (
            select link.line_id
            from telecom_bank_transaction_line_rel as link
            where link.transaction_id = part.id
            offset 0
        ) as link
        cross join lateral (
            select
                line.id,
                line.date_maturity
            from account_move_line as line
            where line.id = link.line_id and line.reconciled is not true
            limit 1
        ) as line
    ) as paid
where
    part.id = any(%(transaction_ids)s)
    and part.state = 'matched'
    and own.reconciled is not true
    and paid.line_ids is not null
order by part.id

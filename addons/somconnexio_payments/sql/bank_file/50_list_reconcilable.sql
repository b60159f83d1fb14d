-- Step 50: which journal items an allocated transaction settles.
-- Grain:      one row per transaction: its own line and the lines that it pays.
-- Reads:      telecom_bank_transaction, telecom_bank_transaction_line_rel,
--             account_move_line.
-- Params:     transaction_ids
-- Idempotent: yes; lines that are settled already are left out.
select
    part.id,
    part.counterpart_line_id,
    array_agg(line.id order by line.date_maturity, line.id) as line_ids
from telecom_bank_transaction as part
inner join telecom_bank_transaction_line_rel as link
    on part.id = link.transaction_id
inner join account_move_line as line on link.line_id = line.id
inner join account_move_line as own on part.counterpart_line_id = own.id
where
    part.id = any(%(transaction_ids)s)
    and part.state = 'matched'
    and line.reconciled is not true
    and own.reconciled is not true
group by part.id, part.counterpart_line_id
order by part.id

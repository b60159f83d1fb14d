-- Step 30: a return that the bank takes back pays the bill that it had opened.
-- Grain:      one row per transaction.
-- Reads:      telecom_bank_entry, telecom_returned_debit, account_move_line,
--             account_account.
-- Writes:     telecom_bank_transaction, telecom_bank_transaction_line_rel
-- Params:     transaction_ids.
-- Idempotent: takes waiting transactions only.
with candidates as (
    select
        part.id as transaction_id,
        min(line.id) as line_id,
        count(*) as line_count
    from bank_part as part
    inner join telecom_bank_entry as entry on part.entry_id = entry.id
    inner join telecom_returned_debit as returned
        on
            part.company_id = returned.company_id
            and part.end_to_end_reference = returned.end_to_end_reference
    inner join account_move_line as line on returned.bill_id = line.move_id
    inner join account_account as account on line.account_id = account.id
    where
        part.amount > 0
        and entry.is_reversal is true
        and returned.state = 'booked'
        and account.account_type = 'asset_receivable'
        and line.reconciled is not true
        and line.amount_residual = part.amount
    group by part.id
),

linked as (
    insert into telecom_bank_transaction_line_rel (transaction_id, line_id)
    select
        candidates.transaction_id,
        candidates.line_id
    from candidates
    where candidates.line_count = 1
    on conflict do nothing
)

update telecom_bank_transaction as part
set
    state = 'matched',
    rule = 'reversal',
    reason = null,
    account_id = line.account_id,
    partner_id = line.partner_id
from candidates
inner join account_move_line as line on candidates.line_id = line.id
where part.id = candidates.transaction_id and candidates.line_count = 1

-- Step 34: the bank's own charges go to the journal's account of charges.
-- Grain:      one row per transaction.
-- Reads:      account_journal
-- Writes:     telecom_bank_transaction
-- Params:     transaction_ids.
-- Idempotent: takes waiting transactions only.
update telecom_bank_transaction as part
set
    state = 'matched',
    rule = 'charge',
    reason = null,
    account_id = journal.default_expense_account_id,
    partner_id = journal.default_expense_partner_id
from account_journal as journal
where
    part.id = any(%(transaction_ids)s)
    and part.state = 'waiting'
    and part.is_charge is true
    and part.journal_id = journal.id
    and journal.default_expense_account_id is not null

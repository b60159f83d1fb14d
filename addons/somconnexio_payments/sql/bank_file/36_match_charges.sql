-- Step 36: the bank's own charges go to the journal's account of charges.
-- Grain:      one row per transaction.
-- Reads:      bank_part, account_journal.
-- Writes:     telecom_bank_transaction
-- Idempotent: takes waiting transactions only.
update telecom_bank_transaction as part
set
    state = 'matched',
    rule = 'charge',
    reason = null,
    account_id = journal.default_expense_account_id,
    partner_id = journal.default_expense_partner_id
from bank_part as waiting
inner join account_journal as journal on waiting.journal_id = journal.id
where
    part.id = waiting.id
    and waiting.is_charge is true
    and journal.default_expense_account_id is not null

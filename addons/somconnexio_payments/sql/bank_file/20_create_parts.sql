-- Step 20: the transactions that no rule has taken yet, apart: the planner knows how
--          many there are, as it cannot of what was loaded a moment ago.
-- Grain:      one row per waiting transaction.
-- Reads:      telecom_bank_transaction
-- Writes:     temporary bank_part
-- Params:     transaction_ids
-- Idempotent: no; step 29 drops it.
create temporary table bank_part on commit drop as
select
    id,
    company_id,
    journal_id,
    entry_id,
    day,
    amount,
    end_to_end_reference,
    party_name,
    party_iban,
    is_charge
from telecom_bank_transaction
where id = any(%(transaction_ids)s) and state = 'waiting'

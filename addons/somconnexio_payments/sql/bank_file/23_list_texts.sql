-- Step 23: where the words of transactions are.
-- Grain:      one row per waiting transaction.
-- Reads:      telecom_bank_transaction
-- Params:     transaction_ids
-- Idempotent: yes.
select
    id,
    end_to_end_reference,
    batch_reference,
    message_reference,
    concat_ws(' ', remittance, bank_reference),
    party_name
from telecom_bank_transaction
where id = any(%(transaction_ids)s) and state = 'waiting'
order by id

-- Step 23: where the words of transactions are.
-- Grain:      one row per waiting transaction.
-- Reads:      temporary bank_part, telecom_bank_transaction.
-- Idempotent: yes.
select
    part.id,
    part.end_to_end_reference,
    kept.batch_reference,
    kept.message_reference,
    concat_ws(' ', kept.remittance, kept.bank_reference),
    part.party_name
from bank_part as part
inner join telecom_bank_transaction as kept on part.id = kept.id
order by part.id

-- Step 29: forget the transactions, their words and payers.
-- Grain:      -
-- Reads:      -
-- Writes:     temporary bank_part, bank_word, bank_payer
-- Idempotent: yes.
drop table if exists bank_part, bank_word, bank_payer

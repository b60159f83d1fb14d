-- Step 29: forget the words and payers.
-- Grain:      -
-- Reads:      -
-- Writes:     temporary bank_word, bank_payer
-- Idempotent: yes.
drop table if exists bank_word, bank_payer

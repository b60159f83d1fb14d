-- Step 29: forget the words.
-- Grain:      -
-- Reads:      -
-- Writes:     temporary bank_word
-- Idempotent: yes.
drop table if exists bank_word

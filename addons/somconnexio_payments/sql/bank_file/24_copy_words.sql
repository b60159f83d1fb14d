-- Step 24: the words of transactions.
-- Grain:      one row per transaction, kind and word.
-- Reads:      COPY text.
-- Writes:     temporary bank_word
-- Idempotent: no; step 20 begins with none.
copy bank_word (transaction_id, kind, word) from stdin

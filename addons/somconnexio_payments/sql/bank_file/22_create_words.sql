-- Step 22: room for the words by which transactions may be known.
-- Grain:      one row per transaction, kind and word.
-- Reads:      -
-- Writes:     temporary bank_word
-- Idempotent: yes; step 29 drops it.
create temporary table if not exists bank_word (
    transaction_id integer not null,
    kind text not null,
    word text not null
) on commit drop

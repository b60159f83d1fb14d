-- Step 26: room for who may have sent money, by the bank's word.
-- Grain:      one row per transaction and person.
-- Reads:      -
-- Writes:     temporary bank_payer
-- Idempotent: yes; step 29 drops it.
create temporary table if not exists bank_payer (
    transaction_id integer not null,
    partner_id integer not null,
    is_by_iban boolean not null,
    owes_exactly boolean not null,
    primary key (transaction_id, partner_id)
) on commit drop

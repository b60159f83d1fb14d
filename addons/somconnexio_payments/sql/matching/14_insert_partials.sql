-- Step matching/14: which item pays which, how much of it.
-- Grain:      one row per pair
-- Reads:      match_pair (temporary)
-- Writes:     account_partial_reconcile
-- Params:     user_id
-- Idempotent: ids are drawn once.
insert into account_partial_reconcile (
    id,
    debit_move_id,
    credit_move_id,
    full_reconcile_id,
    company_id,
    debit_currency_id,
    credit_currency_id,
    amount,
    debit_amount_currency,
    credit_amount_currency,
    max_date,
    create_uid,
    create_date,
    write_uid,
    write_date
)
select
    partial_id,
    debit_id,
    credit_id,
    full_id,
    company_id,
    currency_id,
    currency_id as credit_currency_id,
    amount,
    amount as debit_amount_currency,
    amount as credit_amount_currency,
    max_date,
    %(user_id)s,
    now() at time zone 'UTC',
    %(user_id)s as write_uid,
    now() at time zone 'UTC'
from match_pair

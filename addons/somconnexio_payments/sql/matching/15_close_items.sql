-- Step matching/15: both items of each pair are closed.
-- Grain:      two rows per pair
-- Reads:      match_pair (temporary)
-- Writes:     account_move_line
-- Params:     user_id
-- Idempotent: yes. A row that another transaction has changed meanwhile is refused by
--             the database (repeatable read).
update account_move_line as item
set
    amount_residual = 0,
    amount_residual_currency = 0,
    reconciled = true,
    full_reconcile_id = pair.full_id,
    matching_number = pair.full_id::text,
    write_uid = %(user_id)s,
    write_date = now() at time zone 'UTC'
from (
    select
        debit_id as item_id,
        full_id
    from match_pair
    union all
    select
        credit_id,
        full_id
    from match_pair
) as pair
where item.id = pair.item_id

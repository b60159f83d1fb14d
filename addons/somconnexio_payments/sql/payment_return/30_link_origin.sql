-- Step payment_return/30: OCA's screens show which bill a returned debit had paid.
-- Grain:      one row per reconciliation and item of a bill.
-- Reads:      -
-- Writes:     account_partial_reconcile_account_move_line_rel
-- Params:     partial_ids, item_ids: lists of the same length.
-- Idempotent: yes.
insert into account_partial_reconcile_account_move_line_rel (
    partial_reconcile_id, move_line_id
)
select
    link.partial_id,
    link.item_id
from unnest(%(partial_ids)s::integer[], %(item_ids)s::integer[])
        as link (partial_id, item_id)
on conflict do nothing

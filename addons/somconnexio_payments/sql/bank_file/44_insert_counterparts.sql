-- Step 44: what each entry settles, and what of it is still open.
-- Grain:      one row per allocated transaction, and one per entry with a remainder.
-- Reads:      temporary bank_plan, telecom_bank_transaction, account_account,
--             account_move, account_move_line (the mould's).
-- Writes:     account_move_line, telecom_bank_transaction.counterpart_line_id
-- Params:     mould_item_id: the mould's line on the suspense account; its remainder
--             is what step 45 leaves of it.
-- Idempotent: no.
with wanted as (
    select
        plan.*,
        part.id as transaction_id,
        part.amount as part_amount,
        part.account_id,
        part.partner_id as owner_id
    from bank_plan as plan
    inner join telecom_bank_transaction as part on plan.entry_id = part.entry_id
    where part.state = 'matched'
    union all
    select
        plan.*,
        null as transaction_id,
        plan.open_amount as part_amount,
        null as account_id,
        plan.partner_id as owner_id
    from bank_plan as plan
    where plan.open_amount <> 0 and not plan.is_mould
),

numbered as (
    select
        wanted.*,
        nextval('account_move_line_id_seq')::integer as item_id
    from wanted
),

items as (
    insert into account_move_line
    select copied.*
    from numbered as plan
    inner join account_move_line as mould on mould.id = %(mould_item_id)s
    inner join account_move as move on plan.move_id = move.id
    inner join account_account as account
        on coalesce(plan.account_id, mould.account_id) = account.id
    cross join lateral jsonb_populate_record(
        mould,
        jsonb_build_object(
            'id', plan.item_id,
            'move_id', plan.move_id,
            'move_name', move.name,
            'statement_line_id', plan.line_id,
            'date', plan.day,
            'date_maturity',
            case
                when
                    account.account_type in ('asset_receivable', 'liability_payable')
                    then plan.day
            end,
            'name', plan.label,
            'account_id', account.id,
            'partner_id', plan.owner_id,
            'debit', greatest(-plan.part_amount, 0),
            'credit', greatest(plan.part_amount, 0),
            'balance', -plan.part_amount,
            'amount_currency', -plan.part_amount,
            'price_subtotal', -plan.part_amount,
            'price_total', -plan.part_amount,
            'amount_residual',
            case when account.reconcile then -plan.part_amount else 0 end,
            'amount_residual_currency',
            case when account.reconcile then -plan.part_amount else 0 end
        )
    ) as copied
)

update telecom_bank_transaction as part
set counterpart_line_id = numbered.item_id
from numbered
where part.id = numbered.transaction_id

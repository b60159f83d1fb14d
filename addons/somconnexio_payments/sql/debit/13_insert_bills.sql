-- Step debit/13: open bills of the billing accounts that pay by direct debit.
-- Grain:      one row per bill; of its open items the one that falls due first
-- Reads:      account_move, account_move_line, account_account,
--             telecom_billing_account
-- Writes:     debit_candidate (temporary)
-- Params:     company_id, cutoff
-- Idempotent: bills that are there already stay as they are.
insert into debit_candidate (
    kind,
    move_id,
    move_line_id,
    billing_account_id,
    partner_id,
    amount,
    currency_id,
    wanted_date,
    label
)
select distinct on (move.id)
    'bill',
    move.id as move_id,
    item.id as move_line_id,
    payer.id as billing_account_id,
    item.partner_id,
    item.amount_residual,
    item.currency_id,
    coalesce(item.date_maturity, item.date),
    move.name
from account_move as move
inner join telecom_billing_account as payer
    on move.telecom_billing_account_id = payer.id
inner join account_move_line as item
    on move.id = item.move_id
inner join account_account as account
    on item.account_id = account.id and account.account_type = 'asset_receivable'
where
    move.company_id = %(company_id)s
    and move.state = 'posted'
    and move.move_type in ('out_invoice', 'out_refund')
    and payer.collection_method = 'direct_debit'
    and item.reconciled is not true
    and item.amount_residual <> 0
    and coalesce(item.date_maturity, item.date) <= %(cutoff)s
    and not exists (
        select 1
        from debit_candidate as candidate
        where candidate.move_id = move.id
    )
order by move.id, item.date_maturity, item.id

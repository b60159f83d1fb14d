-- Rule:  a bill is open for its total less what its items are matched with: no less than
--        nothing, no more than all.
-- Grain: a posted bill or credit note for which that is not so.
select
    move.name,
    move.amount_total,
    move.amount_residual,
    sum(item.balance) - coalesce(sum(matched.amount), 0) as by_matching
from account_move as move
inner join account_move_line as item on move.id = item.move_id
inner join account_account as account
    on item.account_id = account.id and account.account_type = 'asset_receivable'
left join lateral (
    select
        sum(
            case when partial.debit_move_id = item.id then 1 else -1 end
            * partial.amount
        ) as amount
    from account_partial_reconcile as partial
    where item.id in (partial.debit_move_id, partial.credit_move_id)
) as matched on true
where
    move.state = 'posted'
    and move.company_id = %(company_id)s
    and move.move_type in ('out_invoice', 'out_refund')
group by move.id
having
    move.amount_residual < 0
    or move.amount_residual > move.amount_total
    or abs(sum(item.balance) - coalesce(sum(matched.amount), 0))
    <> move.amount_residual
    or (move.amount_residual = 0) <> (
        move.payment_state in ('paid', 'in_payment', 'reversed')
    )

-- Step debit/12: what was asked to be debited: retries, and parts of a bill in a plan.
-- Grain:      one row per bill; parts agreed in a plan come before a retry, then the
--             earlier one
-- Reads:      telecom_debit_wish, account_move, account_move_line, account_account
-- Writes:     debit_candidate (temporary)
-- Params:     company_id, cutoff
-- Idempotent: on an empty table.
insert into debit_candidate (
    kind,
    move_id,
    move_line_id,
    wish_id,
    billing_account_id,
    partner_id,
    amount,
    currency_id,
    wanted_date,
    label
)
select distinct on (move.id)
    wish.kind,
    move.id as move_id,
    item.id as move_line_id,
    wish.id as wish_id,
    move.telecom_billing_account_id,
    item.partner_id,
    case wish.kind
        when 'part' then least(wish.amount, item.amount_residual)
        else item.amount_residual
    end,
    item.currency_id,
    greatest(wish.from_date, coalesce(item.date_maturity, item.date)),
    move.name
from telecom_debit_wish as wish
inner join account_move as move
    on wish.move_id = move.id
inner join account_move_line as item
    on move.id = item.move_id
inner join account_account as account
    on item.account_id = account.id and account.account_type = 'asset_receivable'
where
    wish.company_id = %(company_id)s
    and wish.state = 'waiting'
    and wish.from_date <= %(cutoff)s
    and move.state = 'posted'
    and move.telecom_billing_account_id is not null
    and item.reconciled is not true
    and item.amount_residual > 0
order by
    move.id asc,
    wish.kind = 'part' desc,
    wish.from_date asc,
    wish.id asc,
    item.date_maturity asc,
    item.id asc

-- Step receipt/10: billing accounts that owe something and whose payer has credit.
-- Grain:      one row per billing account
-- Reads:      account_move_line, account_account, account_move,
--             telecom_billing_account, res_partner
-- Params:     company_id
-- Idempotent: reads only.
with

credit as materialized (
    select distinct line.partner_id
    from account_move_line as line
    inner join account_account as account
        on
            line.account_id = account.id
            and account.account_type = 'asset_receivable'
    where
        line.company_id = %(company_id)s
        and line.parent_state = 'posted'
        and line.reconciled is not true
        and line.amount_residual < 0
        and line.partner_id is not null
)

select account.id
from telecom_billing_account as account
inner join res_partner as payer
    on account.partner_id = payer.id
where
    account.company_id = %(company_id)s
    and (
        payer.id in (select credit.partner_id from credit)
        or payer.commercial_partner_id in (select credit.partner_id from credit)
    )
    and exists (
        select 1
        from account_move as bill
        where
            bill.telecom_billing_account_id = account.id
            and bill.state = 'posted'
            and bill.move_type = 'out_invoice'
            and bill.payment_state in ('not_paid', 'partial')
    )
order by account.id

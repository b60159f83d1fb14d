-- Rule:  after the night's run nobody has credit on account and an open bill that
--        nothing holds back. Whose credit it is must be known: it says so, or the payer
--        has no other account.
-- Grain: an account that has both.
select
    account.code,
    sum(bill.amount_residual) as owed
from telecom_billing_account as account
inner join account_move as bill on account.id = bill.telecom_billing_account_id
where
    account.company_id = %(company_id)s
    and bill.state = 'posted'
    and bill.move_type = 'out_invoice'
    and bill.amount_residual > 0
    and not exists (
        select from account_payment_line as debit
        where debit.debit_move_id = bill.id and debit.is_debit_open is true
    )
    and not exists (
        select from telecom_payment_dispute as claim
        where claim.bill_id = bill.id and claim.state = 'open'
    )
    and exists (
        select from account_move_line as item
        inner join account_account as ledger on item.account_id = ledger.id
        left join account_payment as payment on item.payment_id = payment.id
        inner join account_move as entry on item.move_id = entry.id
        where
            ledger.account_type = 'asset_receivable'
            and item.parent_state = 'posted'
            and item.partner_id = account.commercial_partner_id
            and item.amount_residual < 0
            and (
                account.id in (
                    payment.telecom_billing_account_id,
                    entry.telecom_billing_account_id
                )
                or not exists (
                    select from telecom_billing_account as other
                    where
                        other.commercial_partner_id = account.commercial_partner_id
                        and other.id <> account.id
                )
            )
            and not exists (
                select from telecom_refund as refund
                where
                    refund.credit_line_id = item.id
                    and refund.state <> 'cancelled'
            )
    )
group by account.id

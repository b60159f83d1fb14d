-- What:  the accounts for which nothing may happen tonight.
-- Grain: an account with a plan, a hold, or nothing overdue that is not disputed.
select account.id
from telecom_billing_account as account
where
    account.company_id = %(company_id)s
    and (
        exists (
            select from telecom_payment_plan as plan
            where plan.billing_account_id = account.id and plan.state = 'agreed'
        )
        or exists (
            select from telecom_dunning_case as dunning
            where
                dunning.billing_account_id = account.id
                and dunning.hold_until_date > %(day)s
        )
        or not exists (
            select from account_move as bill
            left join lateral (
                select coalesce(sum(dispute.amount), 0) as amount
                from telecom_payment_dispute as dispute
                where dispute.bill_id = bill.id and dispute.state = 'open'
            ) as claim on true
            where
                bill.telecom_billing_account_id = account.id
                and bill.move_type = 'out_invoice'
                and bill.state = 'posted'
                and bill.invoice_date_due < %(day)s
                and bill.amount_residual > claim.amount
        )
    )

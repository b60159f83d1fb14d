-- Rule:  who owes nothing overdue has all services that dunning took.
-- Grain: a service that stands although nothing overdue is owed.
select
    subscription.code,
    subscription.telecom_state,
    subscription.restriction_kind
from telecom_dunning_line as line
inner join contract_contract as subscription on line.subscription_id = subscription.id
inner join telecom_dunning_case as dunning on line.case_id = dunning.id
where
    dunning.company_id = %(company_id)s
    and (line.suspended_date is not null or line.restricted_kind is not null)
    and not exists (
        select from account_move as bill
        where
            bill.telecom_billing_account_id = dunning.billing_account_id
            and bill.move_type = 'out_invoice'
            and bill.state = 'posted'
            and bill.amount_residual > 0
            and bill.invoice_date_due < %(day)s
    )

-- Rule:  after the night's run a case is live if and only if its account owes something
--        overdue, and says how much.
-- Grain: a case for which that is not so.
select
    account.code,
    dunning.state,
    dunning.owed_amount,
    coalesce(sum(bill.amount_residual), 0) as overdue
from telecom_billing_account as account
left join telecom_dunning_case as dunning on account.id = dunning.billing_account_id
left join account_move as bill
    on
        account.id = bill.telecom_billing_account_id
        and bill.move_type = 'out_invoice'
        and bill.state = 'posted'
        and bill.amount_residual > 0
        and bill.invoice_date_due < %(day)s
where account.company_id = %(company_id)s
group by account.id, dunning.id
having
    coalesce(sum(bill.amount_residual), 0)
    <> case
        when coalesce(dunning.state, 'clear') = 'clear' then 0
        else dunning.owed_amount
    end

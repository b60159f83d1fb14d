-- Desk, today's board: bills that are overdue.
--
-- grain:      one row per company
-- reads:      res_company, account_move
-- writes:     nothing
-- params:     today (civil date)
-- idempotent: yes
select
    company.id as company_id,
    count(item.id) as item_count,
    coalesce(sum(item.amount_residual), 0) as amount
from res_company as company
left join account_move as item
    on
        company.id = item.company_id
        and item.telecom_billing_account_id is not null
        and item.state = 'posted'
        and item.move_type = 'out_invoice'
        and item.payment_state in ('not_paid', 'partial')
        and item.invoice_date_due < %(today)s
group by company.id

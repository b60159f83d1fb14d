-- Desk, today's board: payments by bank apps since midnight.
--
-- grain:      one row per company
-- reads:      res_company, telecom_payment_gateway_transaction
-- writes:     nothing
-- params:     today_start_at (UTC)
-- idempotent: yes
select
    company.id as company_id,
    count(item.id) as item_count,
    coalesce(sum(item.amount), 0) as amount
from res_company as company
left join telecom_payment_gateway_transaction as item
    on
        company.id = item.company_id
        and item.is_sandbox is not true
        and item.state = 'booked'
        and item.booked_at >= %(today_start_at)s
group by company.id

-- Desk, today's board: cards and Bizum since midnight.
--
-- grain:      one row per company
-- reads:      res_company, payment_transaction
-- writes:     nothing
-- params:     today_start_at (UTC)
-- idempotent: yes
select
    company.id as company_id,
    count(item.id) as item_count,
    coalesce(sum(item.amount), 0) as amount
from res_company as company
left join payment_transaction as item
    on
        company.id = item.company_id
        and item.state = 'done'
        and item.last_state_change >= %(today_start_at)s
group by company.id

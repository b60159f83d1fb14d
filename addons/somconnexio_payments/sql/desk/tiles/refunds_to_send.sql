-- Desk, today's board: approved refunds that are not at the bank yet.
--
-- grain:      one row per company
-- reads:      res_company, telecom_refund
-- writes:     nothing
-- params:     none
-- idempotent: yes
select
    company.id as company_id,
    count(item.id) as item_count,
    coalesce(sum(item.amount), 0) as amount
from res_company as company
left join telecom_refund as item
    on
        company.id = item.company_id
        and item.state in ('approved', 'ordered', 'failed')
group by company.id

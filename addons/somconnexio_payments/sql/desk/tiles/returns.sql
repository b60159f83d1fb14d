-- Desk, today's board: returned debits that nobody has decided about.
--
-- grain:      one row per company
-- reads:      res_company, telecom_returned_debit
-- writes:     nothing
-- params:     none
-- idempotent: yes
select
    company.id as company_id,
    count(item.id) as item_count,
    coalesce(sum(item.amount), 0) as amount
from res_company as company
left join telecom_returned_debit as item
    on company.id = item.company_id and item.state = 'waiting'
group by company.id

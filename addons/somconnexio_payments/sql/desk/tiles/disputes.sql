-- Desk, today's board: open claims about bills.
--
-- grain:      one row per company
-- reads:      res_company, telecom_payment_dispute
-- writes:     nothing
-- params:     none
-- idempotent: yes
select
    company.id as company_id,
    count(item.id) as item_count,
    coalesce(sum(item.amount), 0) as amount
from res_company as company
left join telecom_payment_dispute as item
    on company.id = item.company_id and item.state = 'open'
group by company.id

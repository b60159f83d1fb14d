-- Desk, today's board: registers of bank apps with differences.
--
-- grain:      one row per company
-- reads:      res_company, telecom_payment_gateway_register
-- writes:     nothing
-- params:     none
-- idempotent: yes
select
    company.id as company_id,
    count(item.id) as item_count,
    0::numeric as amount
from res_company as company
left join telecom_payment_gateway_register as item
    on company.id = item.company_id and item.state = 'open'
group by company.id

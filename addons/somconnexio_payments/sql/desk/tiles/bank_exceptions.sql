-- Desk, today's board: money at the bank that no rule could allocate.
--
-- grain:      one row per company
-- reads:      res_company, telecom_bank_transaction
-- writes:     nothing
-- params:     none
-- idempotent: yes
select
    company.id as company_id,
    count(item.id) as item_count,
    coalesce(sum(item.amount), 0) as amount
from res_company as company
left join telecom_bank_transaction as item
    on company.id = item.company_id and item.state = 'exception'
group by company.id

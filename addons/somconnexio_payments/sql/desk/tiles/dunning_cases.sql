-- Desk, today's board: accounts that are behind.
--
-- grain:      one row per company
-- reads:      res_company, telecom_dunning_case
-- writes:     nothing
-- params:     none
-- idempotent: yes
select
    company.id as company_id,
    count(item.id) as item_count,
    coalesce(sum(item.owed_amount), 0) as amount
from res_company as company
left join telecom_dunning_case as item
    on company.id = item.company_id and item.state <> 'clear'
group by company.id

-- Desk, today's board: debit runs under way.
--
-- grain:      one row per company
-- reads:      res_company, telecom_debit_run
-- writes:     nothing
-- params:     none
-- idempotent: yes
select
    company.id as company_id,
    count(item.id) as item_count,
    coalesce(sum(item.amount_total), 0) as amount
from res_company as company
left join telecom_debit_run as item
    on
        company.id = item.company_id
        and item.state in ('draft', 'proposed', 'confirmed', 'filed', 'sent')
group by company.id

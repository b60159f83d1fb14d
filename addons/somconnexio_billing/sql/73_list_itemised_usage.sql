-- List the calls, messages and sessions that bills itemise.
--
-- grain:      one row per rated event
-- reads:      telecom_rated_usage, telecom_usage_category, telecom_destination,
--             res_company
-- writes:     nothing
-- params:     run_ids, account_ids (billing accounts), with_included (also what an
--             allowance or a limit of spending paid)
--
-- Calls free of charge are never listed, whatever the settings (RD 899/2009): nobody
-- shall read off a bill that a helpline was called.
select
    rated.bill_run_id,
    rated.billing_account_id,
    rated.subscription_id,
    rated.category_id,
    rated.usage_type_id,
    timezone(company.telecom_timezone, timezone('UTC', rated.started_at)) as started_at,
    coalesce(rated.other_number, '') as other_number,
    rated.destination_id,
    rated.quantity::text as quantity,
    rated.amount::text as amount,
    rated.amount = 0 as is_included
from telecom_rated_usage as rated
inner join telecom_usage_category as category on rated.category_id = category.id
inner join res_company as company on rated.company_id = company.id
left join telecom_destination as destination on rated.destination_id = destination.id
where
    rated.bill_run_id = any(%(run_ids)s)
    and rated.billing_account_id = any(%(account_ids)s)
    and category.is_itemised
    and (
        rated.amount != 0
        or (
            %(with_included)s
            and (rated.allowance_quantity > 0 or rated.amount_exact != 0)
        )
    )
    and destination.kind is distinct from 'free'
order by
    rated.billing_account_id,
    rated.subscription_id,
    rated.started_at,
    rated.id

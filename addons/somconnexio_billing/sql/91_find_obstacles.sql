-- Step 91: why the usage of a month may not be removed yet.
-- Grain:      one row per company and reason; none when it may be removed.
-- Reads:      telecom_usage_event, telecom_rated_usage, telecom_bill_run_account,
--             res_company.
-- Params:     month_date (first day), next_month_date, due_company_ids: companies whose
--             retention of the month is over.
-- Idempotent: reads only.
-- Rule:       usage is settled when it stands on a posted bill, or was discarded.
with usage_of_month as (
    select
        event.company_id,
        count(*) as row_count,
        count(*) filter (
            where event.state <> 'discarded' and bill.id is null
        ) as open_count
    from telecom_usage_event as event
    left join telecom_rated_usage as rated
        on
            event.id = rated.event_id
            and event.started_at = rated.started_at
            and rated.started_at >= %(month_date)s
            and rated.started_at < %(next_month_date)s
    left join telecom_bill_run_account as bill
        on
            rated.bill_run_id = bill.run_id
            and rated.billing_account_id = bill.billing_account_id
            and bill.state in ('posted', 'delivered')
    where
        event.started_at >= %(month_date)s
        and event.started_at < %(next_month_date)s
    group by event.company_id
),

company_of_month as (
    select
        usage_of_month.company_id,
        company.name as company_name,
        usage_of_month.row_count,
        usage_of_month.open_count,
        company.telecom_is_usage_held
    from usage_of_month
    inner join res_company as company
        on usage_of_month.company_id = company.id
)

select
    company_id,
    company_name,
    'open' as reason,
    open_count as row_count
from company_of_month
where open_count > 0

union all

select
    company_id,
    company_name,
    'company_held' as reason,
    row_count
from company_of_month
where telecom_is_usage_held is true

union all

select
    company_id,
    company_name,
    'not_due' as reason,
    row_count
from company_of_month
where company_id <> all(%(due_company_ids)s::integer[])

order by company_name, reason

-- Control: subscriptions that had usage the month before have usage again.
-- Grain:   one row per subscription with usage lines before and none in this run
-- Reads:   telecom_bill_run_line, contract_contract
-- Params:  run_id, company_id, period_start, period_end
select
    subscription.telecom_billing_account_id as billing_account_id,
    subscription.id as res_id,
    concat_ws(' ', subscription.code, subscription.main_resource_name) as detail
from contract_contract as subscription
where
    subscription.company_id = %(company_id)s
    and subscription.telecom_state = 'active'
    and exists (
        select from telecom_bill_run_line as before
        where
            before.subscription_id = subscription.id
            and before.kind = 'usage'
            and before.is_void is not true
            and before.period_to = %(period_start)s
    )
    and not exists (
        select from telecom_bill_run_line as line
        where
            line.subscription_id = subscription.id
            and line.kind = 'usage'
            and line.period_from >= %(period_start)s
            and line.period_from < %(period_end)s
    )
order by subscription.id

-- Control: every subscription in service has a billing account.
-- Grain:   one row per subscription in service in the period that nobody pays for
-- Reads:   contract_contract, contract_line
-- Params:  company_id, period_start, period_end
select
    null::integer as billing_account_id,
    subscription.id as res_id,
    concat_ws(' ', subscription.code, subscription.main_resource_name) as detail
from contract_contract as subscription
where
    subscription.company_id = %(company_id)s
    and subscription.is_telecom
    and subscription.telecom_state <> 'pending'
    and subscription.telecom_billing_account_id is null
    and exists (
        select from contract_line as line
        where
            line.contract_id = subscription.id
            and line.telecom_line_kind is not null
            and line.date_start < %(period_end)s
            and (line.date_end is null or line.date_end >= %(period_start)s)
    )
order by subscription.id

-- Control: every subscription in service has a tariff line in the period.
-- Grain:   one row per subscription that is active or suspended since before the end of
--          the period, without tariff
-- Reads:   contract_contract, contract_line
-- Params:  company_id, period_start, period_end
select
    subscription.telecom_billing_account_id as billing_account_id,
    subscription.id as res_id,
    concat_ws(' ', subscription.code, subscription.main_resource_name) as detail
from contract_contract as subscription
where
    subscription.company_id = %(company_id)s
    and subscription.is_telecom
    and subscription.telecom_state in ('active', 'suspended')
    and (
        subscription.activation_date is null
        or subscription.activation_date < %(period_end)s
    )
    and not exists (
        select from contract_line as line
        where
            line.contract_id = subscription.id
            and line.telecom_line_kind = 'tariff'
            and line.is_canceled is not true
            and line.date_start < %(period_end)s
            and (line.date_end is null or line.date_end >= %(period_start)s)
    )
order by subscription.id

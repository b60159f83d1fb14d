-- Control: every file received since the period began is loaded.
-- Grain:   one row per file that waits or is quarantined
-- Reads:   telecom_usage_file
-- Params:  company_id, period_start_at
select
    null::integer as billing_account_id,
    file.id as res_id,
    concat_ws(': ', file.name, file.state, file.error_message) as detail
from telecom_usage_file as file
where
    file.company_id = %(company_id)s
    and file.state <> 'loaded'
    and file.received_at >= %(period_start_at)s
order by file.id

-- Control: every rated usage names its rate, its category and its account.
-- Grain:   one row per rated usage of the run that lacks one, or whose rate is gone
-- Reads:   telecom_rated_usage, telecom_tariff_rate, telecom_usage_category
-- Params:  run_id
select
    usage.billing_account_id,
    usage.id as res_id,
    concat_ws(' ', usage.served_number, usage.started_at) as detail
from telecom_rated_usage as usage
left join telecom_tariff_rate as rate
    on usage.rate_id = rate.id
left join telecom_usage_category as category
    on usage.category_id = category.id
where
    usage.bill_run_id = %(run_id)s
    and (
        rate.id is null
        or category.id is null
        or usage.billing_account_id is null
    )
order by usage.started_at, usage.id

-- Control: who has used something in each of three months uses something now.
-- Grain:   one row per active subscription with usage on the bills of the three months
--          before and none in this run
-- Reads:   telecom_bill_run_account, telecom_bill_run_line, contract_contract
-- Params:  run_id, period_start
-- Rule:    events count, also those that an allowance covered.
with

constant_user as (
    select
        line.subscription_id,
        line.billing_account_id
    from telecom_bill_run_account as account
    inner join telecom_bill_run_line as line
        on account.billing_account_id = line.billing_account_id
    where
        account.run_id = %(run_id)s
        and account.kind = 'cycle'
        and account.move_id is null
        and line.kind = 'usage'
        and line.is_void is not true
        and line.event_count > 0
        and line.period_from < %(period_start)s
        and line.period_from >= (%(period_start)s::date - interval '3 months')
    group by line.subscription_id, line.billing_account_id
    having count(distinct date_trunc('month', line.period_from)) = 3
)

select
    constant_user.billing_account_id,
    subscription.id as res_id,
    concat_ws(' ', subscription.code, subscription.main_resource_name) as detail
from constant_user
inner join contract_contract as subscription
    on constant_user.subscription_id = subscription.id
where
    subscription.telecom_state = 'active'
    and not exists (
        select from telecom_bill_run_line as line
        where
            line.run_id = %(run_id)s
            and line.subscription_id = subscription.id
            and line.kind = 'usage'
            and line.event_count > 0
    )
order by subscription.id

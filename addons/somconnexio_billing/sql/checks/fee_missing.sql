-- Control: every day of a tariff or add-on in the period has its fee.
-- Grain:   one row per contract line with days that no fee line bills
-- Reads:   telecom_bill_run_account, contract_contract, contract_line,
--          telecom_bill_run_line
-- Params:  run_id, company_id, period_start, period_end
-- Rule:    counts days, where step 52 subtracts ranges: another way to the same end.
with

line_in_force as (
    select
        line.id,
        line.contract_id,
        line.name,
        least(coalesce(line.date_end + 1, %(period_end)s), %(period_end)s)
        - greatest(line.date_start, %(period_start)s) as day_count
    from contract_line as line
    inner join contract_contract as subscription
        on line.contract_id = subscription.id
    inner join telecom_bill_run_account as account
        on
            subscription.telecom_billing_account_id = account.billing_account_id
            and account.run_id = %(run_id)s
    where
        line.telecom_line_kind in ('tariff', 'addon')
        and line.is_canceled is not true
        and subscription.telecom_state <> 'pending'
        and line.date_start < %(period_end)s
        and (line.date_end is null or line.date_end >= %(period_start)s)
),

billed as (
    select
        fee.contract_line_id,
        sum(
            least(fee.period_to, %(period_end)s)
            - greatest(fee.period_from, %(period_start)s)
        ) as day_count
    from telecom_bill_run_line as fee
    where
        fee.kind = 'fee'
        and fee.company_id = %(company_id)s
        and fee.period_from < %(period_end)s
        and fee.period_to > %(period_start)s
    group by fee.contract_line_id
)

select
    subscription.telecom_billing_account_id as billing_account_id,
    subscription.id as res_id,
    concat(
        subscription.code,
        ' ',
        line.name,
        ': ',
        coalesce(billed.day_count, 0),
        ' / ',
        line.day_count
    ) as detail
from line_in_force as line
inner join contract_contract as subscription
    on line.contract_id = subscription.id
left join billed
    on line.id = billed.contract_line_id
where line.day_count <> coalesce(billed.day_count, 0)
order by subscription.id, line.id

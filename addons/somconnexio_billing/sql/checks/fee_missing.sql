-- Control: every day of a tariff or add-on in the period has its fee.
-- Grain:   one row per contract line with days that no fee line bills
-- Reads:   telecom_bill_run_account, contract_contract, contract_line,
--          product_product, product_template, telecom_bill_run_line
-- Params:  run_id, company_id, period_start, period_end, advance_end
-- Rule:    counts days, where step 52 subtracts ranges: another way to the same end.
with

line_in_force as (
    select
        line.id,
        line.contract_id,
        line.name,
        timing.billed_until,
        least(coalesce(line.date_end + 1, timing.billed_until), timing.billed_until)
        - greatest(line.date_start, %(period_start)s) as day_count
    from contract_line as line
    left join product_product as product
        on line.product_id = product.id
    left join product_template as template
        on product.product_tmpl_id = template.id
    cross join
        lateral (
            select
                case
                    when
                        coalesce(line.telecom_fee_timing, template.telecom_fee_timing)
                        = 'advance'
                        then %(advance_end)s::date
                    else %(period_end)s::date
                end as billed_until
        ) as timing
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
        and line.date_start < timing.billed_until
        and (line.date_end is null or line.date_end >= %(period_start)s)
),

billed as (
    select
        line.id as contract_line_id,
        sum(
            case when fee.kind = 'fee' then 1 else -1 end
            * (
                least(fee.period_to, line.billed_until)
                - greatest(fee.period_from, %(period_start)s)
            )
        ) as day_count
    from line_in_force as line
    inner join telecom_bill_run_line as fee
        on line.id = fee.contract_line_id
    where
        fee.kind in ('fee', 'fee_credit')
        and fee.is_void is not true
        and fee.company_id = %(company_id)s
        and fee.period_from < line.billed_until
        and fee.period_to > %(period_start)s
    group by line.id
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

-- Control: no bill has much more usage than usual.
-- Grain:   one row per run account above both limits
-- Reads:   telecom_bill_run_line, telecom_bill_run_account, telecom_billing_account
-- Params:  run_id, period_start, shock_amount (0: never), shock_factor
-- Rule:    usage above shock_amount and above shock_factor times the average of the
--          three months before; an account without history is compared with the amount.
with

usage_total as (
    select
        line.billing_account_id,
        line.run_account_id,
        sum(line.amount_untaxed) as amount
    from telecom_bill_run_line as line
    where
        line.run_id = %(run_id)s
        and line.kind = 'usage'
    group by line.billing_account_id, line.run_account_id
),

shocking as (
    select
        usage_total.billing_account_id,
        usage_total.run_account_id,
        usage_total.amount
    from usage_total
    where
        %(shock_amount)s::numeric > 0
        and usage_total.amount > %(shock_amount)s::numeric
),

usual as (
    select
        shocking.billing_account_id,
        coalesce(sum(line.amount_untaxed), 0) / 3 as amount
    from shocking
    left join telecom_bill_run_line as line
        on
            shocking.billing_account_id = line.billing_account_id
            and line.kind = 'usage'
            and line.is_void is not true
            and line.period_from < %(period_start)s
            and line.period_from >= (%(period_start)s::date - interval '3 months')
    group by shocking.billing_account_id
)

select
    shocking.billing_account_id,
    shocking.run_account_id as res_id,
    concat(
        payer.code, ': ', shocking.amount, ' / ', round(usual.amount, 2)
    ) as detail
from shocking
inner join usual
    on shocking.billing_account_id = usual.billing_account_id
inner join telecom_billing_account as payer
    on shocking.billing_account_id = payer.id
where shocking.amount > %(shock_factor)s * usual.amount
order by shocking.amount desc, payer.code asc

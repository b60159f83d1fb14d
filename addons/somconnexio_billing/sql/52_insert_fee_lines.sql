-- Step 52: the monthly fees, pro rata by day.
-- Grain:      one row per contract line (tariff or add-on) x civil month x stretch of
--             days that no other bill run line covers
-- Reads:      telecom_bill_run_account (open ones), contract_contract, contract_line,
--             telecom_bill_run_line (days billed before)
-- Writes:     telecom_bill_run_line
-- Params:     run_id, company_id, period_start, period_end, digits, priced_line_ids and
--             prices (the lines whose price comes from a pricelist)
-- Idempotent: 51 deletes first; the table's exclusion constraint refuses a day twice.
-- Rule:       amount = price of the month x days / days of that civil month, rounded
--             half away from zero to the currency. A line bills both its first and its
--             last day (OCA's date_end is the last day).
with

open_account as (
    select
        account.id,
        account.billing_account_id,
        account.company_id
    from telecom_bill_run_account as account
    where
        account.run_id = %(run_id)s
        and account.move_id is null
),

civil_month as (
    select daterange(month.day::date, (month.day + interval '1 month')::date) as days
    from
        generate_series(
            date_trunc('month', %(period_start)s::date),
            %(period_end)s::date - 1,
            interval '1 month'
        ) as month (day)
),

automatic_price as (
    select
        price.contract_line_id,
        price.amount
    from
        unnest(
            %(priced_line_ids)s::integer[], %(prices)s::numeric[]
        ) as price (contract_line_id, amount)
),

line_in_force as (
    select
        line.id as contract_line_id,
        line.contract_id as subscription_id,
        line.product_id,
        line.name,
        line.telecom_line_kind,
        account.id as run_account_id,
        account.billing_account_id,
        account.company_id,
        subscription.main_resource_name,
        coalesce(line.quantity, 1)::numeric as quantity,
        coalesce(automatic_price.amount, line.specific_price::numeric, 0)
        * (1 - coalesce(line.discount, 0)::numeric / 100) as price_unit,
        datemultirange(
            daterange(line.date_start, line.date_end, '[]')
            * daterange(%(period_start)s::date, %(period_end)s::date)
        ) as days
    from contract_line as line
    inner join contract_contract as subscription
        on line.contract_id = subscription.id
    inner join open_account as account
        on subscription.telecom_billing_account_id = account.billing_account_id
    left join automatic_price
        on line.id = automatic_price.contract_line_id
    where
        line.telecom_line_kind in ('tariff', 'addon')
        and line.is_canceled is not true
        and subscription.company_id = %(company_id)s
        and subscription.telecom_state <> 'pending'
        and line.date_start < %(period_end)s
        and (line.date_end is null or line.date_end >= %(period_start)s)
),

billed_days as (
    select
        billed.contract_line_id,
        range_agg(daterange(billed.period_from, billed.period_to)) as days
    from telecom_bill_run_line as billed
    where
        billed.kind = 'fee'
        and billed.company_id = %(company_id)s
        and billed.period_from < %(period_end)s
        and billed.period_to > %(period_start)s
    group by billed.contract_line_id
),

fee_stretch as (
    select
        line.*,
        civil_month.days as month,
        unnest(
            (line.days - coalesce(billed_days.days, '{}'))
            * datemultirange(civil_month.days)
        ) as stretch
    from line_in_force as line
    cross join civil_month
    left join billed_days
        on line.contract_line_id = billed_days.contract_line_id
),

fee as (
    select
        fee_stretch.*,
        upper(stretch) - lower(stretch) as day_count,
        upper(month) - lower(month) as month_days
    from fee_stretch
)

insert into telecom_bill_run_line (
    run_id,
    run_account_id,
    company_id,
    billing_account_id,
    subscription_id,
    kind,
    sequence,
    name,
    product_id,
    contract_line_id,
    period_from,
    period_to,
    day_count,
    month_days,
    is_pro_rata,
    quantity,
    price_unit,
    amount_untaxed
)
select
    %(run_id)s,
    fee.run_account_id,
    fee.company_id,
    fee.billing_account_id,
    fee.subscription_id,
    'fee',
    case when fee.telecom_line_kind = 'tariff' then 10 else 20 end,
    fee.name
    || coalesce(' · ' || fee.main_resource_name, '')
    || case
        when fee.day_count < fee.month_days
            then
                ' (' || to_char(lower(fee.stretch), 'DD/MM')
                || ' – ' || to_char(upper(fee.stretch) - 1, 'DD/MM') || ')'
        else ''
    end,
    fee.product_id,
    fee.contract_line_id,
    lower(fee.stretch),
    upper(fee.stretch),
    fee.day_count,
    fee.month_days,
    fee.day_count < fee.month_days,
    fee.quantity,
    fee.price_unit,
    round(
        fee.price_unit * fee.quantity * fee.day_count / fee.month_days,
        %(digits)s::integer
    )
from fee
order by fee.run_account_id, fee.subscription_id, fee.contract_line_id, fee.stretch

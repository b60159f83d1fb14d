-- Step 52: the monthly fees, in arrears or in advance.
-- Grain:      one row per contract line (tariff or add-on) x civil month x stretch of
--             days that no other bill charges
-- Reads:      telecom_bill_run_account (open ones), contract_contract, contract_line,
--             product_product, product_template, telecom_lifecycle_reason,
--             telecom_bill_run_line (days billed before)
-- Writes:     telecom_bill_run_line
-- Params:     run_id, company_id, period_start, period_end, advance_end, digits,
--             priced_line_ids and prices (the lines whose price comes from a pricelist)
-- Idempotent: 51 deletes first; the table's exclusion constraint refuses a day twice.
-- Rule:       of a month is owed what its billed days cost (telecom_prorate of
--             30_create_prorate_function, by telecom_fee_convention). A stretch costs
--             what the month owes with it less what it owed before, each rounded half
--             away from zero to the currency, so that the parts of a month add up to
--             its price. A line bills both its first and its last day (OCA's date_end
--             is the last day). What is paid in advance is billed up to advance_end.
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
            %(advance_end)s::date - 1,
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
        telecom_fee_convention(
            template.telecom_fee_proration, reason.is_withdrawal
        ) as proration,
        coalesce(line.quantity, 1)::numeric as quantity,
        coalesce(automatic_price.amount, line.specific_price::numeric, 0)
        * (1 - coalesce(line.discount, 0)::numeric / 100) as price_unit,
        datemultirange(
            daterange(line.date_start, line.date_end, '[]')
            * daterange(
                %(period_start)s::date,
                case
                    when
                        coalesce(
                            line.telecom_fee_timing, template.telecom_fee_timing
                        ) = 'advance'
                        then %(advance_end)s::date
                    else %(period_end)s::date
                end
            )
        ) as days
    from contract_line as line
    inner join contract_contract as subscription
        on line.contract_id = subscription.id
    inner join open_account as account
        on subscription.telecom_billing_account_id = account.billing_account_id
    left join product_product as product
        on line.product_id = product.id
    left join product_template as template
        on product.product_tmpl_id = template.id
    left join automatic_price
        on line.id = automatic_price.contract_line_id
    left join telecom_lifecycle_reason as reason
        on subscription.termination_reason_id = reason.id
    where
        line.telecom_line_kind in ('tariff', 'addon')
        and line.is_canceled is not true
        and subscription.company_id = %(company_id)s
        and subscription.telecom_state <> 'pending'
        and line.date_start < %(advance_end)s
        and (line.date_end is null or line.date_end >= %(period_start)s)
),

-- Days credited once can be billed once more, as the next generation.
billed_generation as (
    select
        billed.contract_line_id,
        coalesce(billed.generation, 0) as generation,
        coalesce(
            range_agg(daterange(billed.period_from, billed.period_to)) filter (
                where billed.kind = 'fee'
            ),
            '{}'
        )
        - coalesce(
            range_agg(daterange(billed.period_from, billed.period_to)) filter (
                where billed.kind = 'fee_credit'
            ),
            '{}'
        ) as days,
        bool_or(billed.kind = 'fee_credit') as has_credit
    from telecom_bill_run_line as billed
    where
        billed.kind in ('fee', 'fee_credit')
        and billed.is_void is not true
        and billed.company_id = %(company_id)s
        and billed.period_from < date_trunc('month', %(advance_end)s::date)
        + interval '1 month'
        and billed.period_to > date_trunc('month', %(period_start)s::date)
    group by billed.contract_line_id, billed.generation
),

billed_days as (
    select
        billed.contract_line_id,
        range_agg(billed.days) as days,
        max(billed.generation + billed.has_credit::integer) as generation
    from billed_generation as billed
    group by billed.contract_line_id
),

fee_stretch as (
    select
        line.*,
        civil_month.days as month,
        coalesce(billed_days.generation, 0) as generation,
        coalesce(billed_days.days, '{}')
        * datemultirange(civil_month.days) as billed_before,
        unnest(
            (line.days - coalesce(billed_days.days, '{}'))
            * datemultirange(civil_month.days)
        ) as stretch
    from line_in_force as line
    cross join civil_month
    left join billed_days
        on line.contract_line_id = billed_days.contract_line_id
),

counted_stretch as (
    select
        fee_stretch.*,
        upper(stretch) - lower(stretch) as day_count,
        upper(month) - lower(month) as month_days,
        (
            select coalesce(sum(upper(billed.days) - lower(billed.days)), 0)
            from unnest(fee_stretch.billed_before) as billed (days)
        )
        + sum(upper(stretch) - lower(stretch)) over (
            partition by contract_line_id, month
            order by stretch
        ) as days_after
    from fee_stretch
),

fee as (
    select
        counted_stretch.*,
        telecom_prorate(
            price_unit * quantity, days_after, month_days, proration
        ) as owed_after,
        telecom_prorate(
            price_unit * quantity, days_after - day_count, month_days, proration
        ) as owed_before
    from counted_stretch
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
    generation,
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
    fee.generation,
    fee.day_count,
    fee.month_days,
    fee.day_count < fee.month_days and fee.proration <> 'full_month',
    fee.quantity,
    fee.price_unit,
    round(fee.owed_after, %(digits)s::integer)
    - round(fee.owed_before, %(digits)s::integer)
from fee
order by fee.run_account_id, fee.subscription_id, fee.contract_line_id, fee.stretch

-- Step 55: discounts of a fixed amount a month.
-- Grain:      one row per contract line (discount) x civil month
-- Reads:      telecom_bill_run_account (open ones), telecom_bill_run_line (what there
--             is to discount; what the discount gave before), contract_contract,
--             contract_line
-- Writes:     telecom_bill_run_line
-- Params:     run_id, company_id, period_start, period_end, digits
-- Idempotent: 51 deletes first; a unique index refuses a month twice.
-- Rule:       the whole amount for each month in which it is in force for a day, but no
--             more than the subscription owes on this bill; the percentages go first.
--             Several discounts take turns by month and id. A discount ends with its
--             number of months or its total.
with

civil_month as (
    select
        month.day::date as first_day,
        (month.day + interval '1 month')::date as next_day
    from
        generate_series(
            date_trunc('month', %(period_start)s::date),
            %(period_end)s::date - 1,
            interval '1 month'
        ) as month (day)
),

owed as (
    select
        charge.run_account_id,
        charge.subscription_id,
        greatest(sum(charge.amount_untaxed), 0) as amount
    from telecom_bill_run_line as charge
    inner join telecom_bill_run_account as account
        on charge.run_account_id = account.id
    where
        charge.run_id = %(run_id)s
        and account.move_id is null
    group by charge.run_account_id, charge.subscription_id
),

given_before as (
    select
        given.contract_line_id,
        count(*) as month_count,
        -sum(given.amount_untaxed) as amount
    from telecom_bill_run_line as given
    where
        given.kind = 'fixed_discount'
        and given.is_void is not true
        and given.company_id = %(company_id)s
    group by given.contract_line_id
),

discount as (
    select
        line.id,
        line.contract_id as subscription_id,
        line.product_id,
        line.name,
        account.id as run_account_id,
        account.billing_account_id,
        account.company_id,
        subscription.main_resource_name,
        civil_month.first_day,
        civil_month.next_day,
        coalesce(owed.amount, 0) as owed_amount,
        coalesce(line.telecom_discount_max_count, 0) as max_count,
        coalesce(line.telecom_discount_max_amount, 0)::numeric as max_amount,
        coalesce(given_before.month_count, 0)
        + row_number() over (
            partition by line.id
            order by civil_month.first_day
        ) as month_number,
        coalesce(given_before.amount, 0) as given_amount,
        round(
            abs(
                coalesce(line.specific_price, 0)::numeric
                * coalesce(line.quantity, 1)::numeric
            ),
            %(digits)s::integer
        ) as amount
    from contract_line as line
    inner join contract_contract as subscription
        on line.contract_id = subscription.id
    inner join telecom_bill_run_account as account
        on
            subscription.telecom_billing_account_id = account.billing_account_id
            and account.run_id = %(run_id)s
            and account.move_id is null
    inner join civil_month
        on
            line.date_start < civil_month.next_day
            and (line.date_end is null or line.date_end >= civil_month.first_day)
    left join owed
        on
            account.id = owed.run_account_id
            and line.contract_id = owed.subscription_id
    left join given_before
        on line.id = given_before.contract_line_id
    where
        line.telecom_line_kind = 'discount'
        and line.telecom_discount_type = 'fixed'
        and line.is_canceled is not true
        and subscription.company_id = %(company_id)s
        and subscription.telecom_state <> 'pending'
        and not exists (
            select from telecom_bill_run_line as given
            where
                given.contract_line_id = line.id
                and given.kind = 'fixed_discount'
                and given.is_void is not true
                and given.period_from = civil_month.first_day
        )
),

within_limit as (
    select
        discount.*,
        case
            when discount.max_amount > 0
                then
                    least(
                        discount.amount,
                        greatest(
                            discount.max_amount - discount.given_amount
                            - (
                                sum(discount.amount) over (
                                    partition by discount.id
                                    order by discount.first_day
                                ) - discount.amount
                            ),
                            0
                        )
                    )
            else discount.amount
        end as limited_amount
    from discount
    where
        discount.max_count = 0
        or discount.month_number <= discount.max_count
),

granted as (
    select
        within_limit.*,
        least(sum(within_limit.limited_amount) over turn, within_limit.owed_amount)
        - least(
            sum(within_limit.limited_amount) over turn - within_limit.limited_amount,
            within_limit.owed_amount
        ) as granted_amount
    from within_limit
    window turn as (
        partition by within_limit.run_account_id, within_limit.subscription_id
        order by within_limit.first_day, within_limit.id
        rows between unbounded preceding and current row
    )
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
    quantity,
    price_unit,
    amount_untaxed
)
select
    %(run_id)s,
    granted.run_account_id,
    granted.company_id,
    granted.billing_account_id,
    granted.subscription_id,
    'fixed_discount',
    42,
    granted.name || coalesce(' · ' || granted.main_resource_name, ''),
    granted.product_id,
    granted.id,
    granted.first_day,
    granted.next_day,
    1,
    -granted.granted_amount,
    -granted.granted_amount
from granted
where granted.granted_amount <> 0
order by granted.run_account_id, granted.subscription_id, granted.id, granted.first_day

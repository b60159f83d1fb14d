-- Step 55: discounts of so many per cent.
-- Grain:      one row per contract line (discount) x run account
-- Reads:      telecom_bill_run_account (open ones), telecom_bill_run_line (what is
--             discounted; what the discount gave before), contract_contract,
--             contract_line
-- Writes:     telecom_bill_run_line
-- Params:     run_id, company_id, advance_end, digits
-- Idempotent: 51 deletes first; a unique index refuses a discount twice on one bill.
-- Rule:       of a fee, the part of its days on which the discount is in force; of
--             usage and one-off charges, all of what falls in a period that it touches.
--             Several discounts take turns by their ids and give no more than all of a
--             line. A discount ends with its number of bills or its total; one that
--             ended with the service still goes for the days given back after it.
with

discount as (
    select
        line.id,
        line.contract_id as subscription_id,
        line.product_id,
        line.name,
        line.telecom_discount_percent::numeric as percent,
        coalesce(line.telecom_discount_scope, 'fees') as scope,
        coalesce(line.telecom_discount_max_count, 0) as max_count,
        coalesce(line.telecom_discount_max_amount, 0)::numeric as max_amount,
        daterange(
            line.date_start,
            case
                when line.date_end is distinct from subscription.termination_date
                    then line.date_end
            end,
            '[]'
        ) as days,
        account.id as run_account_id,
        account.billing_account_id,
        account.company_id,
        subscription.main_resource_name
    from contract_line as line
    inner join contract_contract as subscription
        on line.contract_id = subscription.id
    inner join telecom_bill_run_account as account
        on
            subscription.telecom_billing_account_id = account.billing_account_id
            and account.run_id = %(run_id)s
            and account.move_id is null
    where
        line.telecom_line_kind = 'discount'
        and line.telecom_discount_type = 'percent'
        and line.is_canceled is not true
        and (line.date_end is null or line.date_end >= line.date_start)
        and subscription.company_id = %(company_id)s
        and subscription.telecom_state <> 'pending'
        and line.date_start < %(advance_end)s
),

given_before as (
    select
        given.contract_line_id,
        count(distinct given.run_account_id) as bill_count,
        -sum(given.amount_untaxed) as amount
    from telecom_bill_run_line as given
    where
        given.kind = 'percent_discount'
        and given.is_void is not true
        and given.company_id = %(company_id)s
    group by given.contract_line_id
),

discounted_line as (
    select
        discount.id,
        discount.run_account_id,
        charge.id as charge_id,
        charge.amount_untaxed,
        charge.amount_untaxed * discount.percent / 100
        * case
            when charge.kind in ('fee', 'fee_credit')
                then
                    coalesce(
                        upper(covered.days) - lower(covered.days), 0
                    )::numeric
                    / (charge.period_to - charge.period_from)
            else 1
        end as amount
    from discount
    inner join telecom_bill_run_line as charge
        on
            discount.run_account_id = charge.run_account_id
            and discount.subscription_id = charge.subscription_id
    cross join
        lateral (
            select
                discount.days
                * daterange(charge.period_from, charge.period_to) as days
        ) as covered
    where
        not isempty(covered.days)
        and case
            when charge.kind in ('fee', 'fee_credit') then discount.scope <> 'usage'
            when charge.kind = 'usage' then discount.scope <> 'fees'
            when charge.kind = 'one_shot' then discount.scope = 'all'
            else false
        end
),

-- The sign lets a fee given back take its discount with it.
capped_line as (
    select
        discounted_line.id,
        discounted_line.run_account_id,
        sign(discounted_line.amount_untaxed)
        * (
            least(
                sum(abs(discounted_line.amount)) over turn,
                abs(discounted_line.amount_untaxed)
            )
            - least(
                sum(abs(discounted_line.amount)) over turn
                - abs(discounted_line.amount),
                abs(discounted_line.amount_untaxed)
            )
        ) as amount
    from discounted_line
    window turn as (
        partition by discounted_line.charge_id
        order by discounted_line.id
        rows between unbounded preceding and current row
    )
),

total as (
    select
        capped_line.id,
        capped_line.run_account_id,
        round(sum(capped_line.amount), %(digits)s::integer) as amount
    from capped_line
    group by capped_line.id, capped_line.run_account_id
),

granted as (
    select
        discount.*,
        case
            when discount.max_amount > 0
                then
                    least(
                        total.amount,
                        greatest(
                            discount.max_amount - coalesce(given_before.amount, 0), 0
                        )
                    )
            else total.amount
        end as amount
    from discount
    inner join total
        on
            discount.id = total.id
            and discount.run_account_id = total.run_account_id
    left join given_before
        on discount.id = given_before.contract_line_id
    where
        discount.max_count = 0
        or coalesce(given_before.bill_count, 0) < discount.max_count
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
    'percent_discount',
    41,
    granted.name || coalesce(' · ' || granted.main_resource_name, ''),
    granted.product_id,
    granted.id,
    %(period_start)s,
    %(period_end)s,
    1,
    -granted.amount,
    -granted.amount
from granted
where granted.amount <> 0
order by granted.run_account_id, granted.subscription_id, granted.id

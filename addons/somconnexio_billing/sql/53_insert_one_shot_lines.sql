-- Step 53: one-off charges and one-off discounts dated in the period.
-- Grain:      one row per contract line (one_shot or discount) never billed before
-- Reads:      telecom_bill_run_account (open ones), contract_contract, contract_line,
--             telecom_bill_run_line
-- Writes:     telecom_bill_run_line
-- Params:     run_id, company_id, period_start, period_end, digits, priced_line_ids,
--             prices
-- Idempotent: 51 deletes first; a unique index refuses a contract line twice.
-- Rule:       a discount lowers the bill whatever the sign of its price.
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

automatic_price as (
    select
        price.contract_line_id,
        price.amount
    from
        unnest(
            %(priced_line_ids)s::integer[], %(prices)s::numeric[]
        ) as price (contract_line_id, amount)
),

charge as (
    select
        line.id as contract_line_id,
        line.contract_id as subscription_id,
        line.product_id,
        line.name,
        line.telecom_line_kind,
        line.date_start,
        account.id as run_account_id,
        account.billing_account_id,
        account.company_id,
        subscription.main_resource_name,
        coalesce(line.quantity, 1)::numeric as quantity,
        coalesce(automatic_price.amount, line.specific_price::numeric, 0)
        * (1 - coalesce(line.discount, 0)::numeric / 100) as price_unit
    from contract_line as line
    inner join contract_contract as subscription
        on line.contract_id = subscription.id
    inner join open_account as account
        on subscription.telecom_billing_account_id = account.billing_account_id
    left join automatic_price
        on line.id = automatic_price.contract_line_id
    where
        line.telecom_line_kind in ('one_shot', 'discount')
        and coalesce(line.telecom_discount_type, 'once') = 'once'
        and line.is_canceled is not true
        and subscription.company_id = %(company_id)s
        and subscription.telecom_state <> 'pending'
        and line.date_start >= %(period_start)s
        and line.date_start < %(period_end)s
        and not exists (
            select from telecom_bill_run_line as billed
            where
                billed.contract_line_id = line.id
                and billed.kind in ('one_shot', 'discount')
                and billed.is_void is not true
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
    day_count,
    quantity,
    price_unit,
    amount_untaxed
)
select
    %(run_id)s,
    charge.run_account_id,
    charge.company_id,
    charge.billing_account_id,
    charge.subscription_id,
    charge.telecom_line_kind,
    case when charge.telecom_line_kind = 'one_shot' then 30 else 40 end,
    charge.name || coalesce(' · ' || charge.main_resource_name, ''),
    charge.product_id,
    charge.contract_line_id,
    charge.date_start,
    charge.date_start + 1,
    1,
    charge.quantity,
    charge.price_unit,
    case
        when charge.telecom_line_kind = 'discount'
            then
                -abs(
                    round(charge.price_unit * charge.quantity, %(digits)s::integer)
                )
        else round(charge.price_unit * charge.quantity, %(digits)s::integer)
    end
from charge
order by charge.run_account_id, charge.subscription_id, charge.contract_line_id

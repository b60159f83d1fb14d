-- Step 54: usage, summed up.
-- Grain:      one row per subscription x usage category; those that cost nothing too,
--             for the PDF
-- Reads:      telecom_rated_usage, telecom_bill_run_account (open ones),
--             telecom_usage_category, contract_contract, telecom_billing_account
-- Writes:     telecom_bill_run_line
-- Params:     run_id, period_start, period_end, digits
-- Idempotent: 51 deletes first.
-- Rule:       the sum of the rated amounts is rounded to the currency here, once.
with

usage_total as (
    select
        usage.billing_account_id,
        usage.subscription_id,
        usage.category_id,
        count(*) as event_count,
        sum(usage.quantity) as usage_quantity,
        sum(usage.allowance_quantity) as allowance_quantity,
        sum(usage.charged_quantity) as charged_quantity,
        sum(usage.amount) as amount
    from telecom_rated_usage as usage
    where usage.bill_run_id = %(run_id)s
    group by usage.billing_account_id, usage.subscription_id, usage.category_id
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
    category_id,
    period_from,
    period_to,
    quantity,
    price_unit,
    amount_untaxed,
    event_count,
    usage_quantity,
    allowance_quantity,
    charged_quantity
)
select
    %(run_id)s,
    account.id,
    account.company_id,
    account.billing_account_id,
    total.subscription_id,
    'usage',
    50 + coalesce(category.sequence, 0),
    coalesce(category.name ->> payer.lang, category.name ->> 'en_US')
    || coalesce(' · ' || subscription.main_resource_name, ''),
    category.product_id,
    total.category_id,
    %(period_start)s,
    %(period_end)s,
    1,
    total.amount,
    round(total.amount, %(digits)s::integer),
    total.event_count,
    total.usage_quantity,
    total.allowance_quantity,
    total.charged_quantity
from usage_total as total
inner join telecom_bill_run_account as account
    on
        total.billing_account_id = account.billing_account_id
        and account.run_id = %(run_id)s
        and account.move_id is null
inner join telecom_billing_account as payer
    on total.billing_account_id = payer.id
inner join contract_contract as subscription
    on total.subscription_id = subscription.id
inner join telecom_usage_category as category
    on total.category_id = category.id
order by account.id, total.subscription_id, category.sequence, total.category_id

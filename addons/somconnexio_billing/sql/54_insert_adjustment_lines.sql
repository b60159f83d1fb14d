-- Step 54: compensations and corrections that wait for the next bill.
-- Grain:      one row per open adjustment that no bill has taken
-- Reads:      telecom_bill_run_account (open ones), telecom_bill_adjustment,
--             contract_contract, telecom_bill_run_line
-- Writes:     telecom_bill_run_line
-- Params:     run_id, company_id, period_end
-- Idempotent: 51 deletes first; a unique index refuses an adjustment twice.
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
    adjustment_id,
    period_from,
    period_to,
    quantity,
    price_unit,
    amount_untaxed
)
select
    %(run_id)s,
    account.id as run_account_id,
    account.company_id,
    account.billing_account_id,
    adjustment.subscription_id,
    'adjustment',
    80,
    adjustment.name || coalesce(' · ' || subscription.main_resource_name, ''),
    adjustment.product_id,
    adjustment.category_id,
    adjustment.id as adjustment_id,
    adjustment.period_from,
    adjustment.period_to,
    1,
    adjustment.amount_untaxed as unit_price,
    adjustment.amount_untaxed
from telecom_bill_adjustment as adjustment
inner join telecom_bill_run_account as account
    on
        adjustment.billing_account_id = account.billing_account_id
        and account.run_id = %(run_id)s
        and account.move_id is null
left join contract_contract as subscription
    on adjustment.subscription_id = subscription.id
where
    adjustment.company_id = %(company_id)s
    and adjustment.state = 'open'
    and adjustment.effective_date < %(period_end)s
    and not exists (
        select from telecom_bill_run_line as billed
        where
            billed.adjustment_id = adjustment.id
            and billed.is_void is not true
    )
order by account.id, adjustment.subscription_id, adjustment.id

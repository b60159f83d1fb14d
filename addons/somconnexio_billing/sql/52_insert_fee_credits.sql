-- Step 52: give back days that were billed and are not owed after all.
-- Grain:      one row per billed fee x stretch of its days that its contract line does
--             not cover any more
-- Reads:      telecom_bill_run_account (open ones), telecom_bill_run_line (fees), what
--             telecom_fee_surplus reads (50_create_surplus_function)
-- Writes:     telecom_bill_run_line
-- Params:     run_id, company_id, account_ids, period_start, digits
-- Idempotent: 51 deletes first; the table's exclusion constraint refuses a day twice.
-- Rule:       telecom_fee_surplus says which days, and what they give back.
with

open_account as (
    select
        account.id,
        account.billing_account_id
    from telecom_bill_run_account as account
    where
        account.run_id = %(run_id)s
        and account.move_id is null
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
    account.id as run_account_id,
    fee.company_id,
    fee.billing_account_id,
    fee.subscription_id,
    'fee_credit',
    25,
    regexp_replace(fee.name, ' \(\d\d/\d\d – \d\d/\d\d\)$', '')
    || ' (' || to_char(lower(surplus.stretch), 'DD/MM')
    || ' – ' || to_char(upper(surplus.stretch) - 1, 'DD/MM') || ')',
    fee.product_id,
    fee.contract_line_id,
    lower(surplus.stretch),
    upper(surplus.stretch),
    coalesce(fee.generation, 0),
    upper(surplus.stretch) - lower(surplus.stretch),
    fee.month_days,
    true,
    fee.quantity,
    fee.price_unit,
    surplus.amount
from telecom_fee_surplus(
        %(company_id)s,
        %(account_ids)s::integer[],
        %(period_start)s::date,
        %(digits)s::integer
    ) as surplus
inner join open_account as account
    on surplus.billing_account_id = account.billing_account_id
inner join telecom_bill_run_line as fee
    on surplus.fee_id = fee.id
order by account.id, fee.subscription_id, fee.contract_line_id, surplus.stretch

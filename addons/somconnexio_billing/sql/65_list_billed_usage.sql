-- Step 65: the billed usage of a month that is priced anew.
-- Grain:      one row per rated usage on a bill
-- Reads:      telecom_rated_usage, telecom_bill_run_account, contract_contract
-- Writes:     correction_billed (temporary)
-- Params:     company_id, start_at, end_at, account_ids (all accounts when empty),
--             tariff_id (or null: any; else the accounts that it has priced)
-- Rule:       an account is priced anew whole, or not at all: its subscriptions may
--             share allowances.
create temporary table correction_billed on commit drop as
with

billed as (
    select
        usage.event_id,
        usage.started_at,
        usage.subscription_id,
        usage.billing_account_id,
        usage.category_id,
        usage.tariff_id,
        usage.amount
    from telecom_rated_usage as usage
    inner join telecom_bill_run_account as account
        on
            usage.bill_run_id = account.run_id
            and usage.billing_account_id = account.billing_account_id
    where
        usage.company_id = %(company_id)s
        and usage.started_at >= %(start_at)s
        and usage.started_at < %(end_at)s
        and account.move_id is not null
        and account.state <> 'cancelled'
        and (
            cardinality(%(account_ids)s::integer[]) = 0
            or usage.billing_account_id = any(%(account_ids)s::integer[])
        )
)

select
    billed.event_id,
    billed.started_at,
    billed.subscription_id,
    billed.billing_account_id,
    billed.category_id,
    billed.amount
from billed
where
    %(tariff_id)s::integer is null
    or billed.billing_account_id in (
        select touched.billing_account_id
        from billed as touched
        where touched.tariff_id = %(tariff_id)s::integer
    )

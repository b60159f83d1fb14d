-- Step 50: the usage that other runs have taken of an account and not billed.
-- Grain:      one row per rated usage of the account without a bill
-- Reads:      telecom_bill_run_account
-- Writes:     telecom_rated_usage.bill_run_id
-- Params:     account_id
-- Idempotent: for previews of one account, inside a savepoint that is rolled back.
update telecom_rated_usage as usage
set bill_run_id = null
where
    usage.billing_account_id = %(account_id)s
    and usage.bill_run_id is not null
    and not exists (
        select from telecom_bill_run_account as account
        where
            account.run_id = usage.bill_run_id
            and account.billing_account_id = usage.billing_account_id
            and account.move_id is not null
    )

-- Step 50: give back the usage of a run for some accounts, before it is rated anew.
-- Grain:      one row per rated usage of the run whose account has no bill of it
-- Reads:      telecom_bill_run_account
-- Writes:     telecom_rated_usage.bill_run_id
-- Params:     run_id
-- Idempotent: usage that is on a bill stays.
update telecom_rated_usage as usage
set bill_run_id = null
where
    usage.bill_run_id = %(run_id)s
    and not exists (
        select from telecom_bill_run_account as account
        where
            account.run_id = %(run_id)s
            and account.billing_account_id = usage.billing_account_id
            and account.move_id is not null
    )

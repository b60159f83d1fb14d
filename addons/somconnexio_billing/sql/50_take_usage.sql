-- Step 50: take the open usage of some accounts into a run of their own.
-- Grain:      one row per rated usage of these accounts that no run bills
-- Reads:      telecom_bill_run_account
-- Writes:     telecom_rated_usage.bill_run_id
-- Params:     run_id, account_ids, period_end_at
-- Idempotent: usage that another run is about to bill stays with it; an account that
--             has its bill of this run takes nothing more into it.
update telecom_rated_usage as usage
set bill_run_id = %(run_id)s
where
    usage.billing_account_id = any(%(account_ids)s::integer [])
    and usage.bill_run_id is null
    and usage.started_at < %(period_end_at)s
    and not exists (
        select from telecom_bill_run_account as account
        where
            account.run_id = %(run_id)s
            and account.billing_account_id = usage.billing_account_id
            and account.move_id is not null
    )

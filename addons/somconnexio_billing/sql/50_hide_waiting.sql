-- Step 50: what other runs have previewed of an account and not billed.
-- Grain:      one row per line of the account's run accounts without a bill
-- Reads:      telecom_bill_run_account
-- Writes:     telecom_bill_run_line (deletes)
-- Params:     account_id
-- Idempotent: for previews of one account, inside a savepoint that is rolled back.
delete from telecom_bill_run_line as line
using telecom_bill_run_account as account
where
    line.run_account_id = account.id
    and account.billing_account_id = %(account_id)s
    and account.move_id is null

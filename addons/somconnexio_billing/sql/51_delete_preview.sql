-- Step 51: forget the preview of the accounts that have no bill yet.
-- Grain:      the lines and taxes of one run's open accounts
-- Reads:      telecom_bill_run_account
-- Writes:     telecom_bill_run_line, telecom_bill_run_tax (deletes)
-- Params:     run_id
-- Idempotent: what belongs to a bill is never touched.
with

open_account as (
    select account.id
    from telecom_bill_run_account as account
    where
        account.run_id = %(run_id)s
        and account.move_id is null
),

deleted_tax as (
    delete from telecom_bill_run_tax as tax
    using open_account
    where tax.run_account_id = open_account.id
)

delete from telecom_bill_run_line as line
using open_account
where line.run_account_id = open_account.id

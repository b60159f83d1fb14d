-- Step 69: the control totals of a run.
-- Grain:      one row
-- Reads:      telecom_usage_file, telecom_rated_usage, telecom_bill_run_account,
--             account_move
-- Params:     run_id
with

files as (
    select
        count(*) as file_count,
        coalesce(sum(file.row_count), 0) as row_count,
        coalesce(sum(file.event_count), 0) as event_count,
        coalesce(sum(file.duplicate_count), 0) as duplicate_count,
        coalesce(sum(file.rejected_count), 0) as rejected_count,
        coalesce(sum(file.suspended_count), 0) as suspended_count
    from telecom_usage_file as file
    where file.telecom_bill_run_id = %(run_id)s
),

rated as (
    select
        count(*) as rated_count,
        count(*) filter (
            where usage.allowance_quantity > 0 and usage.charged_quantity = 0
        ) as allowance_count,
        coalesce(sum(usage.amount), 0) as charged_amount
    from telecom_rated_usage as usage
    where usage.bill_run_id = %(run_id)s
),

previewed as (
    select
        count(*) as account_count,
        coalesce(sum(account.amount_untaxed), 0) as amount_untaxed,
        coalesce(sum(account.amount_tax), 0) as amount_tax,
        coalesce(sum(account.amount_total), 0) as amount_total
    from telecom_bill_run_account as account
    where
        account.run_id = %(run_id)s
        and (account.state <> 'cancelled' or account.move_id is not null)
),

invoiced as (
    select
        coalesce(sum(move.amount_untaxed), 0) as invoiced_untaxed,
        coalesce(sum(move.amount_tax), 0) as invoiced_tax,
        coalesce(sum(move.amount_total), 0) as invoiced_total
    from account_move as move
    where
        move.telecom_bill_run_id = %(run_id)s
        and move.move_type = 'out_invoice'
        and move.state <> 'cancel'
)

select
    files.*,
    rated.*,
    previewed.*,
    invoiced.*
from files
cross join rated
cross join previewed
cross join invoiced

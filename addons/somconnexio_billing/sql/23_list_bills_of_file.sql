-- Step 23: the bills that hold usage of a file, drafts included.
-- Grain:      one row per bill.
-- Reads:      telecom_usage_event, telecom_rated_usage, telecom_bill_run(_account),
--             telecom_billing_account, account_move.
-- Params:     file_id.
-- Idempotent: reads only.
select distinct
    move.id,
    coalesce(nullif(move.name, '/'), payer.code) as name
from telecom_usage_event as event
inner join telecom_rated_usage as rated
    on
        event.id = rated.event_id
        and event.started_at = rated.started_at
inner join telecom_bill_run as run
    on
        rated.bill_run_id = run.id
        and run.state <> 'cancelled'
inner join telecom_bill_run_account as bill
    on
        rated.bill_run_id = bill.run_id
        and rated.billing_account_id = bill.billing_account_id
        and bill.state <> 'cancelled'
inner join account_move as move
    on bill.move_id = move.id
inner join telecom_billing_account as payer
    on bill.billing_account_id = payer.id
where event.file_id = %(file_id)s
order by name

-- Step 32: list the rated usage that this rating may rebuild.
--
-- Open is what no bill holds: provisional rows, rows of cancelled runs and accounts,
-- and rows of the run at hand whose account has no invoice yet. Everything else stays
-- as it is: invoiced rows for ever, and rows of another run until that is cancelled,
-- so that no two bills can charge the same event.
--
-- grain:      one row per open row of telecom_rated_usage
-- reads:      telecom_rated_usage, telecom_bill_run, telecom_bill_run_account
-- writes:     rating_open_usage (temporary)
-- params:     company_id, period_end (civil date), timezone, bill_run_id (or null)
-- idempotent: reads only
create temporary table rating_open_usage on commit drop as
with period as (
    select
        %(period_end)s::date::timestamp at time zone %(timezone)s at time zone 'UTC'
            as end_at
)

select
    rated.event_id,
    rated.started_at
from telecom_rated_usage as rated
left join telecom_bill_run as run on rated.bill_run_id = run.id
left join telecom_bill_run_account as bill
    on
        rated.bill_run_id = bill.run_id
        and rated.billing_account_id = bill.billing_account_id
where
    rated.company_id = %(company_id)s
    and rated.started_at < (select period.end_at from period)
    and (
        run.id is null
        or run.state = 'cancelled'
        or bill.state = 'cancelled'
        or (run.id = %(bill_run_id)s and bill.move_id is null)
    );

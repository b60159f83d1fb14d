-- Step 50: the billing accounts that take part in a run.
-- Grain:      one row per billing account with something to bill: a subscription in
--             force in the days that are billed, billed days that turned out not to be
--             owed, usage rated for this run, or an adjustment that waits.
-- Reads:      telecom_billing_account, contract_contract, contract_line,
--             telecom_rated_usage, telecom_bill_adjustment, and what
--             telecom_fee_surplus reads (50_create_surplus_function)
-- Writes:     telecom_bill_run_account, in the order of the accounts' codes, which is
--             the order of the bills
-- Params:     run_id, company_id, kind, period_start, period_end, advance_end, digits,
--             account_ids (all accounts when empty), user_id
-- Idempotent: an account that is in the run stays as it is.
with

subscribed_account as (
    select subscription.telecom_billing_account_id as billing_account_id
    from contract_contract as subscription
    inner join contract_line as line on subscription.id = line.contract_id
    where
        subscription.company_id = %(company_id)s
        and subscription.telecom_state <> 'pending'
        and line.telecom_line_kind is not null
        and line.date_start < %(advance_end)s
        and (line.date_end is null or line.date_end >= %(period_start)s)
),

credited_account as (
    select surplus.billing_account_id
    from telecom_fee_surplus(
            %(company_id)s,
            %(account_ids)s::integer[],
            %(period_start)s::date,
            %(digits)s::integer
        ) as surplus
),

adjusted_account as (
    select adjustment.billing_account_id
    from telecom_bill_adjustment as adjustment
    where
        adjustment.company_id = %(company_id)s
        and adjustment.state = 'open'
        and adjustment.effective_date < %(period_end)s
),

using_account as (
    select usage.billing_account_id
    from telecom_rated_usage as usage
    where usage.bill_run_id = %(run_id)s
),

billable_account as (
    select billing_account_id
    from subscribed_account
    union
    select billing_account_id
    from credited_account
    union
    select billing_account_id
    from adjusted_account
    union
    select billing_account_id
    from using_account
)

insert into telecom_bill_run_account (
    run_id,
    company_id,
    billing_account_id,
    period_start,
    kind,
    state,
    create_uid,
    write_uid,
    create_date,
    write_date
)
select
    %(run_id)s,
    account.company_id,
    account.id,
    %(period_start)s,
    %(kind)s,
    'pending',
    %(user_id)s as create_uid,
    %(user_id)s as write_uid,
    now() at time zone 'UTC',
    now() at time zone 'UTC'
from telecom_billing_account as account
inner join billable_account
    on account.id = billable_account.billing_account_id
where
    account.company_id = %(company_id)s
    and (
        cardinality(%(account_ids)s::integer[]) = 0
        or account.id = any(%(account_ids)s::integer[])
    )
order by account.code, account.id
on conflict (run_id, billing_account_id) do nothing

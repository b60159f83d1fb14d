-- Step 62: the accounts of a slice whose usage is no longer what the preview says.
-- Grain:      one row per run account
-- Reads:      telecom_bill_run_account, telecom_bill_run_line, telecom_rated_usage
-- Params:     run_id, run_account_ids, digits
-- Rule:       for each subscription and category, events and amount are the same.
with

slice_account as (
    select
        account.id,
        account.billing_account_id
    from telecom_bill_run_account as account
    where account.id = any(%(run_account_ids)s::integer[])
),

previewed as (
    select
        line.run_account_id,
        line.subscription_id,
        line.category_id,
        line.event_count,
        line.amount_untaxed
    from telecom_bill_run_line as line
    where
        line.run_account_id = any(%(run_account_ids)s::integer[])
        and line.kind = 'usage'
),

rated as (
    select
        slice_account.id as run_account_id,
        usage.subscription_id,
        usage.category_id,
        count(*) as event_count,
        round(sum(usage.amount), %(digits)s::integer) as amount_untaxed
    from slice_account
    inner join telecom_rated_usage as usage
        on
            usage.bill_run_id = %(run_id)s
            and slice_account.billing_account_id = usage.billing_account_id
    group by slice_account.id, usage.subscription_id, usage.category_id
)

select coalesce(previewed.run_account_id, rated.run_account_id) as run_account_id
from previewed
full outer join rated
    on
        previewed.run_account_id = rated.run_account_id
        and previewed.subscription_id = rated.subscription_id
        and previewed.category_id = rated.category_id
where
    previewed.event_count is distinct from rated.event_count
    or previewed.amount_untaxed is distinct from rated.amount_untaxed
group by coalesce(previewed.run_account_id, rated.run_account_id)

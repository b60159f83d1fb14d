-- Step 30: the list of who would get what and why.
-- Grain:      billing account of a run
-- Reads:      the rows given
-- Writes:     telecom_dunning_run_line
-- Params:     rows (json array of objects), run_id, company_id, user_id, now
-- Idempotent: one row per run and billing account; UNIQUE index.
insert into telecom_dunning_run_line (
    run_id, company_id, billing_account_id, partner_id, policy_id, step_id, state,
    stop, next_date, amount, owed_amount, bill_count, oldest_due_date, conditions,
    create_uid, create_date, write_uid, write_date
)
select
    %(run_id)s,
    %(company_id)s,
    found.account_id,
    found.partner_id,
    found.policy_id,
    found.next_step_id,
    case
        when found.is_due then 'due'
        when found.stop is not null then 'stopped'
        when found.next_step_id is null then 'end'
        else 'waiting'
    end,
    found.stop,
    found.next_date,
    found.amount,
    found.owed_amount,
    found.bill_count,
    found.oldest_due_date,
    found.conditions,
    %(user_id)s as create_uid,
    %(now)s as create_date,
    %(user_id)s as write_uid,
    %(now)s as write_date
from
    jsonb_to_recordset(%(rows)s::jsonb) as found (
        account_id int,
        partner_id int,
        policy_id int,
        next_step_id int,
        is_due boolean,
        stop varchar,
        next_date date,
        amount numeric,
        owed_amount numeric,
        bill_count int,
        oldest_due_date date,
        conditions jsonb
    )
on conflict (run_id, billing_account_id) do nothing

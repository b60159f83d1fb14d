-- Step 20: open the cases of accounts that fell behind, and write down what was found
--          out about all of them.
-- Grain:      billing account
-- Reads:      the rows given
-- Writes:     telecom_dunning_case
-- Params:     rows (json array of objects), company_id, user_id, day (civil date), now
-- Idempotent: the same rows leave the same cases; one case per billing account.
insert into telecom_dunning_case (
    billing_account_id, partner_id, company_id, policy_id, state, cycle,
    owed_amount, disputed_amount, debited_amount, amount, bill_count,
    oldest_due_date, return_class, stop, next_step_id, next_date, conditions,
    evaluated_date, opened_date, create_uid, create_date, write_uid, write_date
)
select
    found.account_id,
    found.partner_id,
    %(company_id)s,
    found.policy_id,
    'open',
    1,
    found.owed_amount,
    found.disputed_amount,
    found.debited_amount,
    found.amount,
    found.bill_count,
    found.oldest_due_date,
    found.return_class,
    found.stop,
    found.next_step_id,
    found.next_date,
    found.conditions,
    %(day)s as evaluated_date,
    %(day)s as opened_date,
    %(user_id)s as create_uid,
    %(now)s as create_date,
    %(user_id)s as write_uid,
    %(now)s as write_date
from
    jsonb_to_recordset(%(rows)s::jsonb) as found (
        account_id int,
        partner_id int,
        policy_id int,
        owed_amount numeric,
        disputed_amount numeric,
        debited_amount numeric,
        amount numeric,
        bill_count int,
        oldest_due_date date,
        return_class varchar,
        stop varchar,
        next_step_id int,
        next_date date,
        conditions jsonb
    )
on conflict (billing_account_id) do update
    set
        policy_id = excluded.policy_id,
        partner_id = excluded.partner_id,
        owed_amount = excluded.owed_amount,
        disputed_amount = excluded.disputed_amount,
        debited_amount = excluded.debited_amount,
        amount = excluded.amount,
        bill_count = excluded.bill_count,
        oldest_due_date = excluded.oldest_due_date,
        return_class = excluded.return_class,
        stop = excluded.stop,
        next_step_id = excluded.next_step_id,
        next_date = excluded.next_date,
        conditions = excluded.conditions,
        evaluated_date = excluded.evaluated_date,
        write_uid = excluded.write_uid,
        write_date = excluded.write_date,
        -- A case that was clear begins anew: ladder, notices and proofs.
        state
        = case
            when telecom_dunning_case.state = 'clear' then 'open'
            else telecom_dunning_case.state
        end,
        cycle
        = telecom_dunning_case.cycle
        + case when telecom_dunning_case.state = 'clear' then 1 else 0 end,
        opened_date
        = case
            when telecom_dunning_case.state = 'clear' then excluded.opened_date
            else telecom_dunning_case.opened_date
        end

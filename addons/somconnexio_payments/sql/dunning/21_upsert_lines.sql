-- Step 21: what is unpaid of each subscription of some cases.
-- Grain:      case and subscription
-- Reads:      telecom_dunning_case, the rows given
-- Writes:     telecom_dunning_line
-- Params:     rows (json array of account_id and shares), user_id, now
-- Idempotent: the same rows leave the same lines; what is paid becomes zero.
with
share as (
    select
        dunning_case.id as case_id,
        dunning_case.company_id,
        part.subscription_id,
        part.amount,
        part.bill_count,
        part.oldest_due_date
    from
        jsonb_to_recordset(%(rows)s::jsonb) as account (
            account_id int,
            shares jsonb
        )
    inner join telecom_dunning_case as dunning_case
        on dunning_case.billing_account_id = account.account_id
    cross join
        lateral
        jsonb_to_recordset(coalesce(account.shares, '[]'::jsonb)) as part (
            subscription_id int,
            amount numeric,
            bill_count int,
            oldest_due_date date
        )
),

paid as (
    update telecom_dunning_line as line
    set
        amount = 0,
        bill_count = 0,
        oldest_due_date = null,
        write_uid = %(user_id)s,
        write_date = %(now)s
    from telecom_dunning_case as dunning_case
    where
        dunning_case.id = line.case_id
        and dunning_case.billing_account_id in (
            select account.account_id
            from jsonb_to_recordset(%(rows)s::jsonb) as account (account_id int)
        )
        and line.amount <> 0
        and not exists (
            select 1
            from share
            where
                share.case_id = line.case_id
                and share.subscription_id = line.subscription_id
        )
)

insert into telecom_dunning_line (
    case_id, company_id, subscription_id, amount, bill_count, oldest_due_date,
    create_uid, create_date, write_uid, write_date
)
select
    case_id,
    company_id,
    subscription_id,
    amount,
    bill_count,
    oldest_due_date,
    %(user_id)s as create_uid,
    %(now)s as create_date,
    %(user_id)s as write_uid,
    %(now)s as write_date
from share
on conflict (case_id, subscription_id) do update
    set
        amount = excluded.amount,
        bill_count = excluded.bill_count,
        oldest_due_date = excluded.oldest_due_date,
        write_uid = excluded.write_uid,
        write_date = excluded.write_date

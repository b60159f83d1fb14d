-- Step 22: note once that a cycle of a case has begun.
-- Grain:      case and cycle
-- Reads:      telecom_dunning_case
-- Writes:     telecom_dunning_event
-- Params:     account_ids (array), user_id, now
-- Idempotent: UNIQUE index on case and cycle for this kind of row.
insert into telecom_dunning_event (
    case_id, company_id, cycle, kind, date, amount, conditions, user_id,
    create_uid, create_date, write_uid, write_date
)
select
    id,
    company_id,
    cycle,
    'opened',
    opened_date,
    owed_amount,
    conditions,
    %(user_id)s,
    %(user_id)s as create_uid,
    %(now)s as create_date,
    %(user_id)s as write_uid,
    %(now)s as write_date
from telecom_dunning_case
where
    billing_account_id = any(%(account_ids)s)
    and state <> 'clear'
on conflict (case_id, cycle) where kind = 'opened' do nothing

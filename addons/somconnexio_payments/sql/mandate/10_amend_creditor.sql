-- Step mandate/10: remember what the banks know, where the creditor has changed.
-- Grain:      one row per mandate in force that was used under another identifier
-- Reads:      account_banking_mandate
-- Writes:     telecom_mandate_amendment
-- Params:     company_id, creditor_identifier, creditor_name, today, user_id
-- Idempotent: one change waits per mandate; it keeps the oldest value.
insert into telecom_mandate_amendment (
    mandate_id,
    company_id,
    kind,
    old_value,
    old_name,
    new_value,
    changed_date,
    create_uid,
    create_date,
    write_uid,
    write_date
)
select
    mandate.id,
    mandate.company_id,
    'creditor',
    mandate.creditor_identifier,
    case
        when mandate.creditor_name <> %(creditor_name)s then mandate.creditor_name
    end,
    %(creditor_identifier)s as new_value,
    %(today)s,
    %(user_id)s,
    now() at time zone 'UTC',
    %(user_id)s as write_uid,
    now() at time zone 'UTC'
from account_banking_mandate as mandate
where
    mandate.company_id = %(company_id)s
    and mandate.state in ('valid', 'final')
    and mandate.last_debit_date is not null
    and mandate.creditor_identifier <> %(creditor_identifier)s
on conflict (mandate_id, kind) where sent_date is null
do update set new_value = excluded.new_value

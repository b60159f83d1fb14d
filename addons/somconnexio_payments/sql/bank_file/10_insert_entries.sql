-- Step 10: keep the entries of a file that no other file has told of.
-- Grain:      one row per movement of an account.
-- Reads:      -
-- Writes:     telecom_bank_entry
-- Params:     rows (a JSON list of objects), file_id, company_id, user_id, now.
-- Idempotent: a key that is there is left as it is; the row count tells what is new.
insert into telecom_bank_entry (
    key,
    company_id,
    journal_id,
    currency_id,
    file_id,
    booking_file_id,
    statement_index,
    number,
    amount,
    day,
    value_date,
    bank_reference,
    code,
    info,
    is_reversal,
    message_reference,
    batch_reference,
    place,
    create_uid,
    create_date,
    write_uid,
    write_date
)
select
    item.key,
    %(company_id)s,
    item.journal_id,
    item.currency_id,
    %(file_id)s,
    %(file_id)s as booking_file_id,
    item.statement_index,
    item.number,
    item.amount,
    item.day,
    item.value_date,
    item.bank_reference,
    item.code,
    item.info,
    item.is_reversal,
    item.message_id,
    item.payment_info_id,
    item.place,
    %(user_id)s as create_uid,
    cast(%(now)s as timestamp) as create_date,
    %(user_id)s as write_uid,
    cast(%(now)s as timestamp) as write_date
from jsonb_to_recordset(cast(%(rows)s as jsonb)) as item (
        key text,
        number integer,
        statement_index integer,
        journal_id integer,
        currency_id integer,
        amount numeric,
        day date,
        value_date date,
        bank_reference text,
        code text,
        info text,
        is_reversal boolean,
        message_id text,
        payment_info_id text,
        place text
    )
order by item.number
on conflict (company_id, key) do nothing

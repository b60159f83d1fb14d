-- Step payment_return/10: the returned debits that statements and notifications tell.
-- Grain:      one row per debit that money was taken back for.
-- Reads:      telecom_bank_transaction, telecom_bank_entry.
-- Writes:     telecom_returned_debit
-- Params:     file_id, user_id, now.
-- Idempotent: a debit that is returned already, or a return that was told, is left out.
insert into telecom_returned_debit (
    company_id,
    file_id,
    transaction_id,
    origin,
    journal_id,
    end_to_end_reference,
    bank_reference,
    reason_code,
    reason_text,
    day,
    amount,
    state,
    is_followed,
    create_uid,
    create_date,
    write_uid,
    write_date
)
select
    part.company_id,
    %(file_id)s,
    part.id,
    'entry',
    part.journal_id,
    part.end_to_end_reference,
    coalesce(part.bank_reference, ''),
    part.return_reason,
    part.return_text,
    part.day,
    -part.amount,
    'waiting',
    false,
    %(user_id)s as create_uid,
    cast(%(now)s as timestamp) as create_date,
    %(user_id)s as write_uid,
    cast(%(now)s as timestamp) as write_date
from telecom_bank_transaction as part
where
    part.booking_file_id = %(file_id)s
    and part.is_return is true
    and part.amount < 0
    and part.end_to_end_reference is not null
order by part.id
on conflict do nothing

-- Step 11: keep the transactions of the entries that a file was the first to tell of.
-- Grain:      one row per transaction of an entry.
-- Reads:      telecom_bank_entry
-- Writes:     telecom_bank_transaction
-- Params:     rows (a JSON list of objects), file_id, company_id, user_id, now.
-- Idempotent: by UNIQUE (entry_id, number).
insert into telecom_bank_transaction (
    entry_id,
    number,
    company_id,
    journal_id,
    currency_id,
    booking_file_id,
    day,
    amount,
    end_to_end_reference,
    message_reference,
    batch_reference,
    bank_reference,
    mandate_reference,
    party_name,
    party_iban,
    remittance,
    return_reason,
    return_text,
    is_charge,
    is_return,
    state,
    create_uid,
    create_date,
    write_uid,
    write_date
)
select
    entry.id as entry_id,
    item.number,
    entry.company_id,
    entry.journal_id,
    entry.currency_id,
    entry.file_id as booking_file_id,
    entry.day,
    item.amount,
    item.end_to_end_id,
    coalesce(item.message_id, entry.message_reference) as message_reference,
    coalesce(item.payment_info_id, entry.batch_reference) as batch_reference,
    coalesce(item.bank_reference, entry.bank_reference) as bank_reference,
    item.mandate_reference,
    item.party_name,
    item.party_iban,
    item.remittance,
    item.return_reason,
    item.return_text,
    item.is_charge,
    item.return_reason is not null as is_return,
    'waiting' as state,
    %(user_id)s as create_uid,
    cast(%(now)s as timestamp) as create_date,
    %(user_id)s as write_uid,
    cast(%(now)s as timestamp) as write_date
from jsonb_to_recordset(cast(%(rows)s as jsonb)) as item (
        key text,
        number integer,
        amount numeric,
        end_to_end_id text,
        message_id text,
        payment_info_id text,
        bank_reference text,
        mandate_reference text,
        party_name text,
        party_iban text,
        remittance text,
        return_reason text,
        return_text text,
        is_charge boolean
    )
inner join telecom_bank_entry as entry
    on
        entry.company_id = %(company_id)s
        and item.key = entry.key
        and entry.file_id = %(file_id)s
order by entry.id, item.number
on conflict (entry_id, number) do nothing

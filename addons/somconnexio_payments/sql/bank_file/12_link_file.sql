-- Step 12: entries that another file told of before are booked by this one.
-- Grain:      one row per entry of the file that no statement has booked.
-- Reads:      -
-- Writes:     telecom_bank_entry, telecom_bank_transaction
-- Params:     file_id, company_id, rows (a JSON list of key and statement_index).
-- Idempotent: yes.
with booked as (
    update telecom_bank_entry as entry
    set
        booking_file_id = %(file_id)s,
        statement_index = item.statement_index
    from jsonb_to_recordset(cast(%(rows)s as jsonb)) as item (
            key text,
            statement_index integer
        )
    where
        entry.company_id = %(company_id)s
        and entry.key = item.key
        and entry.statement_line_id is null
    returning entry.id
)

update telecom_bank_transaction as part
set booking_file_id = %(file_id)s
from booked
where part.entry_id = booked.id

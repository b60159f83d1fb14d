-- Step 40: what a statement books: one entry, with the ids that its rows will have.
-- Grain:      one row per entry of one statement and month that is not booked.
-- Reads:      telecom_bank_entry, telecom_bank_transaction, account_move,
--             account_bank_statement_line.
-- Writes:     temporary bank_plan
-- Params:     file_id, statement_index, mould_line_id: a statement line that the ORM
--             has made of the first entry; first_day, last_day: half-open.
-- Idempotent: no; step 49 drops it.
create temporary table bank_plan on commit drop as
select
    entry.id as entry_id,
    entry.amount,
    entry.day,
    entry.number,
    mould.id as mould_line_id,
    mould.move_id as mould_move_id,
    entry.statement_line_id is not null as is_mould,
    coalesce(
        entry.statement_line_id,
        nextval('account_bank_statement_line_id_seq')
    )::integer as line_id,
    case
        when entry.statement_line_id is not null then mould.move_id
        else nextval('account_move_id_seq')
    end::integer as move_id,
    move.sequence_prefix,
    length(move.name) - length(move.sequence_prefix) as digits,
    (
        move.sequence_number
        + row_number() over (order by entry.statement_line_id nulls last, entry.number)
        - 1
    )::integer as sequence_number,
    first_part.partner_id,
    first_part.party_name,
    first_part.party_iban,
    coalesce(
        nullif(left(first_part.remittance, 250), ''),
        nullif(entry.info, ''),
        first_part.end_to_end_reference,
        entry.bank_reference,
        '/'
    ) as label,
    entry.amount + sums.matched_amount as open_amount
from telecom_bank_entry as entry
inner join account_bank_statement_line as mould on mould.id = %(mould_line_id)s
inner join account_move as move on mould.move_id = move.id
inner join lateral (
    select
        -coalesce(sum(part.amount) filter (where part.state = 'matched'), 0)
            as matched_amount
    from telecom_bank_transaction as part
    where part.entry_id = entry.id
) as sums on true
inner join lateral (
    select
        part.party_name,
        part.party_iban,
        part.remittance,
        part.end_to_end_reference,
        case when count(*) over () = 1 then part.partner_id end as partner_id
    from telecom_bank_transaction as part
    where part.entry_id = entry.id
    order by part.number
    limit 1
) as first_part on true
where
    entry.booking_file_id = %(file_id)s
    and entry.statement_index = %(statement_index)s
    and entry.day >= %(first_day)s
    and entry.day < %(last_day)s
    and (
        entry.statement_line_id is null
        or entry.statement_line_id = %(mould_line_id)s
    )
order by entry.number

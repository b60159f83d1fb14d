-- Rule:  what the bank tells of is on its account once, under the bank's reference.
-- Grain: a reference that is there more often, or with another sum.
select
    entry.bank_reference,
    count(*) as lines,
    sum(line.amount) as booked,
    min(entry.amount) as told
from telecom_bank_entry as entry
inner join account_bank_statement_line as line on entry.statement_line_id = line.id
where entry.company_id = %(company_id)s
group by entry.bank_reference
having count(*) > 1 or sum(line.amount) <> min(entry.amount)

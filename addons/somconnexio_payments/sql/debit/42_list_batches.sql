-- Step debit/42: the batches of one file: day, scheme and sequence type.
-- Grain:      one row per batch
-- Reads:      account_payment_line
-- Params:     order_id
-- Idempotent: reads only.
select
    date as due_date,
    local_instrument as scheme,
    sequence_type,
    count(*) as debit_count,
    sum(amount_currency)::text as amount_total
from account_payment_line
where order_id = %(order_id)s
group by date, local_instrument, sequence_type
order by date, local_instrument, sequence_type

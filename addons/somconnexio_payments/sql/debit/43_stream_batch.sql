-- Step debit/43: the debits of one batch, in the order of the file.
-- Grain:      one row per debit
-- Reads:      account_payment_line
-- Params:     order_id, due_date, scheme, sequence_type
-- Idempotent: reads only.
select
    name,
    amount_currency::text,
    communication,
    debit_kind,
    sepa_terms
from account_payment_line
where
    order_id = %(order_id)s
    and date = %(due_date)s
    and local_instrument = %(scheme)s
    and sequence_type = %(sequence_type)s
order by name

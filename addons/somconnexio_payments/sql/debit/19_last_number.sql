-- Step debit/19: the last number that a debit of the run was given; numbers of debits
-- that were left out are not given again.
-- Grain:      one row
-- Reads:      account_payment_line, telecom_debit_left_out
-- Params:     run_id
-- Idempotent: reads only.
select coalesce(max(right(name, 6)::integer), 0) as number
from (
    select name
    from account_payment_line
    where debit_run_id = %(run_id)s
    union all
    select end_to_end_id
    from telecom_debit_left_out
    where
        run_id = %(run_id)s
        and end_to_end_id is not null
) as given

-- Step debit/51: each debit in its slice.
-- Grain:      one row per debit
-- Reads:      telecom_debit_slice
-- Writes:     account_payment_line
-- Params:     run_id, slice_size
-- Idempotent: debits in a slice stay there.
with

numbered as (
    select
        id,
        order_id,
        date,
        capital_call_id is not null as is_capital,
        (
            row_number() over (
                partition by order_id, date, capital_call_id is not null
                order by name
            ) - 1
        ) / %(slice_size)s::integer as place
    from account_payment_line
    where
        debit_run_id = %(run_id)s
        and debit_slice_id is null
)

update account_payment_line as line
set debit_slice_id = slice.id
from numbered
inner join telecom_debit_slice as slice
    on
        slice.run_id = %(run_id)s
        and slice.order_id = numbered.order_id
        and slice.due_date = numbered.date
        and slice.is_capital = numbered.is_capital
        and slice.place = numbered.place
where numbered.id = line.id

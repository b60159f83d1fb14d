-- Step debit/50: the slices in which a run is booked: one entry each.
-- Grain:      one row per slice_size debits of one order, kind and day
-- Reads:      account_payment_line
-- Writes:     telecom_debit_slice
-- Params:     run_id, company_id, slice_size, user_id
-- Idempotent: for a run without slices.
with

numbered as (
    select
        order_id,
        date,
        capital_call_id is not null as is_capital,
        (
            row_number() over (
                partition by order_id, date, capital_call_id is not null
                order by name
            ) - 1
        ) / %(slice_size)s::integer as place,
        amount_currency
    from account_payment_line
    where
        debit_run_id = %(run_id)s
        and debit_slice_id is null
)

insert into telecom_debit_slice (
    run_id,
    company_id,
    order_id,
    due_date,
    is_capital,
    place,
    number,
    line_count,
    amount_total,
    state,
    create_uid,
    create_date,
    write_uid,
    write_date
)
select
    %(run_id)s,
    %(company_id)s,
    numbered.order_id,
    numbered.date,
    numbered.is_capital,
    numbered.place,
    row_number() over (
        order by
            numbered.date,
            numbered.order_id,
            numbered.is_capital,
            numbered.place
    ),
    count(*),
    sum(numbered.amount_currency),
    'pending',
    %(user_id)s,
    now() at time zone 'UTC',
    %(user_id)s as write_uid,
    now() at time zone 'UTC'
from numbered
group by
    numbered.order_id, numbered.date, numbered.is_capital, numbered.place

-- Control: what a file says of itself, at both levels, is what its debits come to.
-- Grain:   one row per message or batch whose count or sum differs
-- Params:  order_id, batch_ids, counts, totals (read back from the written file:
--          parallel lists; the first one is the message)
with

told as (
    select
        batch_id,
        debit_count,
        amount_total
    from
        unnest(%(batch_ids)s::text[], %(counts)s::bigint[], %(totals)s::numeric[])
            as file (batch_id, debit_count, amount_total)
),

batch as (
    select
        payment_order.sepa_message_id || '-' || row_number() over (
            order by line.date, line.local_instrument, line.sequence_type
        ) as batch_id,
        count(*) as debit_count,
        sum(line.amount_currency) as amount_total
    from account_payment_line as line
    inner join account_payment_order as payment_order
        on line.order_id = payment_order.id
    where line.order_id = %(order_id)s
    group by
        payment_order.sepa_message_id,
        line.date,
        line.local_instrument,
        line.sequence_type
),

owed as (
    select
        batch_id,
        debit_count,
        amount_total
    from batch
    union all
    select
        payment_order.sepa_message_id,
        count(line.id),
        sum(line.amount_currency)
    from account_payment_order as payment_order
    inner join account_payment_line as line
        on payment_order.id = line.order_id
    where payment_order.id = %(order_id)s
    group by payment_order.sepa_message_id
)

select
    coalesce(told.batch_id, owed.batch_id) as batch_id,
    told.debit_count as told_count,
    owed.debit_count as owed_count,
    told.amount_total as told_total,
    owed.amount_total as owed_total
from told
full outer join owed
    on told.batch_id = owed.batch_id
where
    told.debit_count is distinct from owed.debit_count
    or told.amount_total is distinct from owed.amount_total

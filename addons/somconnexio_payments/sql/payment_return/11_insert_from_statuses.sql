-- Step payment_return/11: the debits that a bank's answer rejects, one by one, by batch
--                         or with the whole order.
-- Grain:      one row per rejected debit.
-- Reads:      telecom_order_status, account_payment_line, account_payment_order.
-- Writes:     telecom_returned_debit
-- Params:     file_id, user_id, now.
-- Rule:       a batch is what the order's file numbers: day, scheme, sequence type.
-- Idempotent: a debit that is returned already is left out.
with numbered as (
    select
        line.id,
        line.name,
        line.order_id,
        line.amount_currency,
        payment_order.journal_id,
        payment_order.sepa_message_id
        || '-'
        || dense_rank() over (
            partition by line.order_id
            order by line.date, line.local_instrument, line.sequence_type
        ) as batch_reference
    from account_payment_line as line
    inner join account_payment_order as payment_order
        on line.order_id = payment_order.id
    where
        line.payment_type = 'inbound'
        and line.order_id in (
            select status.order_id from telecom_order_status as status
            where status.file_id = %(file_id)s and status.is_rejected is true
        )
)

insert into telecom_returned_debit (
    company_id,
    file_id,
    origin,
    journal_id,
    end_to_end_reference,
    bank_reference,
    reason_code,
    reason_text,
    day,
    amount,
    state,
    is_followed,
    create_uid,
    create_date,
    write_uid,
    write_date
)
select distinct on (numbered.id)
    status.company_id,
    %(file_id)s,
    'status',
    numbered.journal_id,
    numbered.name,
    coalesce(status.bank_reference, ''),
    status.reason_code,
    status.reason_text,
    cast(%(now)s as date),
    numbered.amount_currency,
    'waiting',
    false,
    %(user_id)s as create_uid,
    cast(%(now)s as timestamp) as create_date,
    %(user_id)s as write_uid,
    cast(%(now)s as timestamp) as write_date
from telecom_order_status as status
inner join numbered on status.order_id = numbered.order_id
where
    status.file_id = %(file_id)s
    and status.is_rejected is true
    and status.is_undone is not true
    and (
        status.level = 'file'
        or (
            status.level = 'batch'
            and status.batch_reference = numbered.batch_reference
        )
        or (
            status.level = 'transaction'
            and status.end_to_end_reference = numbered.name
        )
    )
order by numbered.id asc, status.level = 'transaction' desc
on conflict do nothing

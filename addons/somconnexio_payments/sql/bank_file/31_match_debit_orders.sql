-- Step 31: allocate the credit of a debit order of ours: a batch, a day or the whole.
-- Grain:      one row per transaction, and per open line of the order's entries.
-- Reads:      bank_part, bank_word, account_payment_line,
--             account_payment_order, telecom_debit_slice, telecom_returned_debit,
--             account_move_line.
-- Writes:     telecom_bank_transaction, telecom_bank_transaction_line_rel
-- Params:     company_id, account_ids: of money on its way to or from the bank.
-- Rule:       the amount must be what was ordered, or that less what the bank rejected
--             beforehand; a batch is numbered as in the order's file. The entries are
--             by day, so that two batches of a day share their lines.
-- Idempotent: takes waiting transactions only.
with told as (
    select distinct
        part.id as transaction_id,
        part.amount,
        bank_word.kind,
        bank_word.word
    from bank_part as part
    inner join bank_word on part.id = bank_word.transaction_id
    where
        part.amount > 0
        and bank_word.kind in ('batch', 'message')
),

orders as (
    select
        payment_order.id,
        payment_order.sepa_message_id as message_id,
        upper(
            regexp_replace(payment_order.sepa_message_id, '[^A-Za-z0-9]', '', 'g')
        ) as word
    from account_payment_order as payment_order
    where
        payment_order.company_id = %(company_id)s
        and payment_order.sepa_message_id is not null
        and exists (
            select from told
            where
                starts_with(
                    told.word,
                    upper(
                        regexp_replace(
                            payment_order.sepa_message_id, '[^A-Za-z0-9]', '', 'g'
                        )
                    )
                )
        )
),

debits as (
    select
        line.id,
        line.order_id,
        line.date as due_date,
        line.amount_currency as amount,
        orders.word,
        dense_rank() over (
            partition by line.order_id
            order by line.date, line.local_instrument, line.sequence_type
        ) as place,
        coalesce(returned.amount, 0) as rejected
    from account_payment_line as line
    inner join orders on line.order_id = orders.id
    left join telecom_returned_debit as returned
        on
            line.company_id = returned.company_id
            and line.name = returned.end_to_end_reference
            and returned.origin = 'status'
            and returned.state = 'booked'
),

sums as (
    select
        debits.order_id,
        debits.due_date,
        debits.word || debits.place::text as word,
        'batch' as kind,
        sum(debits.amount) as gross,
        sum(debits.rejected) as rejected
    from debits
    group by debits.order_id, debits.due_date, debits.word, debits.place
    union all
    select
        debits.order_id,
        debits.due_date,
        debits.word,
        'message' as kind,
        sum(debits.amount) as gross,
        sum(debits.rejected) as rejected
    from debits
    group by debits.order_id, debits.due_date, debits.word
    union all
    select
        debits.order_id,
        null as due_date,
        debits.word,
        'message' as kind,
        sum(debits.amount) as gross,
        sum(debits.rejected) as rejected
    from debits
    group by debits.order_id, debits.word
    having count(distinct debits.due_date) > 1
),

candidates as (
    select
        told.transaction_id,
        sums.order_id,
        sums.due_date,
        told.amount <> sums.gross as is_net,
        row_number() over (
            partition by told.transaction_id order by told.kind, sums.due_date
        ) as turn
    from told
    inner join sums on told.word = sums.word and told.kind = sums.kind
    where told.amount in (sums.gross, sums.gross - sums.rejected)
),

-- Two days of an order that have the same sum cannot be told apart by the order alone.
chosen as (
    select candidates.* from candidates
    where candidates.turn = 1
),

open_lines as (
    select
        chosen.transaction_id,
        line.id as line_id,
        line.account_id
    from chosen
    inner join telecom_debit_slice as slice
        on
            chosen.order_id = slice.order_id
            and (chosen.due_date is null or chosen.due_date = slice.due_date)
    inner join account_move_line as line on slice.move_id = line.move_id
    where
        line.account_id = any(%(account_ids)s)
        and line.reconciled is not true
        and line.amount_residual > 0
    union all
    select
        chosen.transaction_id,
        line.id as line_id,
        line.account_id
    from chosen
    inner join debits
        on
            chosen.order_id = debits.order_id
            and (chosen.due_date is null or chosen.due_date = debits.due_date)
    inner join account_payment_line as payment on debits.id = payment.id
    inner join account_move_line as line
        on
            payment.name = line.name
            and payment.company_id = line.company_id
            and line.account_id = any(%(account_ids)s)
    where
        chosen.is_net
        and debits.rejected > 0
        and line.reconciled is not true
        and line.amount_residual < 0
),

linked as (
    insert into telecom_bank_transaction_line_rel (transaction_id, line_id)
    select
        open_lines.transaction_id,
        open_lines.line_id
    from open_lines
    on conflict do nothing
)

update telecom_bank_transaction as part
set
    state = 'matched',
    rule = 'batch',
    reason = null,
    account_id = found.account_id
from (
    select
        open_lines.transaction_id,
        min(open_lines.account_id) as account_id
    from open_lines
    group by open_lines.transaction_id
    having count(distinct open_lines.account_id) = 1
) as found
where part.id = found.transaction_id

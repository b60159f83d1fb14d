-- Desk: what was to come in on each day, and what came, item by item.
--
-- grain:      one row per bill or credit note of a billing account (expected), and one
--             per journal item by which money came or went back (received)
-- reads:      account_move, account_move_line, account_account, account_journal,
--             account_payment, account_payment_line, telecom_debit_run,
--             telecom_billing_account, res_company
-- writes:     nothing
-- params:     since_date (civil date, included)
-- idempotent: yes
--
-- Expected is what bills ask for on their due day, or on the day of the first debit
-- that was announced for them. Received is what entries of bank, cash and card journals
-- take off what customers owe; a debit that comes back counts against its way on the
-- day it comes back.
with

debited as (
    select
        line.debit_move_id as bill_id,
        min(line.date) as day
    from account_payment_line as line
    inner join telecom_debit_run as run
        on line.debit_run_id = run.id
    where
        line.debit_move_id is not null
        and run.state in ('confirmed', 'filed', 'sent', 'booked', 'closed')
    group by line.debit_move_id
),

expected as (
    select
        bill.id * 2::bigint as id,
        bill.company_id,
        bill.id as move_id,
        bill.partner_id,
        bill.telecom_billing_account_id as billing_account_id,
        coalesce(debited.day, bill.invoice_date_due) as day,
        payer.collection_method as way,
        'expected' as side,
        bill.amount_total_signed as amount
    from account_move as bill
    inner join telecom_billing_account as payer
        on bill.telecom_billing_account_id = payer.id
    left join debited
        on bill.id = debited.bill_id
    where
        bill.state = 'posted'
        and bill.move_type in ('out_invoice', 'out_refund')
        and coalesce(debited.day, bill.invoice_date_due) >= %(since_date)s
),

received as (
    select
        item.id * 2::bigint + 1 as id,
        item.company_id,
        item.move_id,
        item.partner_id,
        payment.telecom_billing_account_id as billing_account_id,
        item.date as day,
        case
            when payment.payment_transaction_id is not null then 'online'
            when starts_with(payment.receipt_key, 'gateway:') then 'bank_app'
            when
                entry.statement_line_id is not null
                or starts_with(payment.receipt_key, 'bank:')
                then 'transfer'
            when payment.id is null then 'direct_debit'
            else 'other'
        end as way,
        'received' as side,
        -item.balance as amount
    from account_move_line as item
    inner join account_account as account
        on item.account_id = account.id
    inner join account_journal as journal
        on item.journal_id = journal.id
    inner join account_move as entry
        on item.move_id = entry.id
    left join account_payment as payment
        on entry.origin_payment_id = payment.id
    where
        account.account_type = 'asset_receivable'
        and item.parent_state = 'posted'
        and journal.type in ('bank', 'cash', 'credit')
        and item.date >= %(since_date)s
),

both_sides as (
    select * from expected
    union all
    select * from received
)

select
    both_sides.id,
    both_sides.company_id,
    company.currency_id,
    both_sides.move_id,
    both_sides.partner_id,
    both_sides.billing_account_id,
    both_sides.day,
    both_sides.way,
    both_sides.side,
    both_sides.amount,
    case both_sides.side
        when 'expected' then both_sides.amount
        else 0
    end as expected_amount,
    case both_sides.side
        when 'received' then both_sides.amount
        else 0
    end as received_amount,
    case both_sides.side
        when 'received' then both_sides.amount
        else -both_sides.amount
    end as difference_amount
from both_sides
inner join res_company as company
    on both_sides.company_id = company.id

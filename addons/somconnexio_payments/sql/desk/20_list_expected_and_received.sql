-- Desk: what was to come in on each day, and what came.
--
-- grain:      one row per company, civil day, way of the money and side
-- reads:      account_move, account_move_line, account_account, account_journal,
--             account_payment, telecom_billing_account
-- writes:     nothing
-- params:     since_date (civil date, included)
-- idempotent: yes
--
-- Expected is what bills ask for on their due day. Received is what entries of bank,
-- cash and card journals take off what customers owe; a debit that comes back counts
-- against its way on the day it comes back.
with

expected as (
    select
        bill.company_id,
        bill.invoice_date_due as day,
        payer.collection_method as way,
        'expected' as side,
        sum(bill.amount_total_signed) as expected_amount,
        0::numeric as received_amount
    from account_move as bill
    inner join telecom_billing_account as payer
        on bill.telecom_billing_account_id = payer.id
    where
        bill.state = 'posted'
        and bill.move_type in ('out_invoice', 'out_refund')
        and bill.invoice_date_due >= %(since_date)s
    group by bill.company_id, bill.invoice_date_due, payer.collection_method
),

receipt as (
    select
        item.company_id,
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

received as (
    select
        receipt.company_id,
        receipt.day,
        receipt.way,
        'received' as side,
        0::numeric as expected_amount,
        sum(receipt.amount) as received_amount
    from receipt
    group by receipt.company_id, receipt.day, receipt.way
),

both_sides as (
    select * from expected
    union all
    select * from received
)

select
    row_number() over (
        order by
            both_sides.day,
            both_sides.company_id,
            both_sides.way,
            both_sides.side
    ) as id,
    both_sides.company_id,
    company.currency_id,
    both_sides.day,
    both_sides.way,
    both_sides.side,
    both_sides.expected_amount + both_sides.received_amount as amount,
    both_sides.expected_amount,
    both_sides.received_amount,
    both_sides.received_amount - both_sides.expected_amount as difference_amount
from both_sides
inner join res_company as company
    on both_sides.company_id = company.id

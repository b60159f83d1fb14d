-- Desk: how old is what bills are owed, by the month of the bill, as of a day.
--
-- grain:      one row per bill or credit note of a billing account posted until the day
-- reads:      account_move, account_move_line, account_account,
--             account_partial_reconcile, telecom_billing_account, res_company
-- writes:     nothing
-- params:     as_of_date (civil date: ages are counted to it), is_past (whether what
--             was matched after that day counts as owed still)
-- idempotent: yes
--
-- Of today the ledger keeps what is open of each bill. Of a day in the past it is what
-- was open then: what was matched since, by an item of a later day, is added again.
with

matched_later as (
    select
        bill_item.move_id as bill_id,
        sum(
            case
                when partial.debit_move_id = bill_item.id then partial.amount
                else -partial.amount
            end
        ) as amount
    from account_partial_reconcile as partial
    inner join account_move_line as bill_item
        on bill_item.id in (partial.debit_move_id, partial.credit_move_id)
    inner join account_account as account
        on bill_item.account_id = account.id
    where
        %(is_past)s
        and partial.max_date > %(as_of_date)s
        and account.account_type = 'asset_receivable'
    group by bill_item.move_id
),

bill_then as (
    select
        bill.*,
        bill.amount_residual_signed
        + coalesce(matched_later.amount, 0) as open_signed
    from account_move as bill
    left join matched_later
        on bill.id = matched_later.bill_id
    where
        bill.telecom_billing_account_id is not null
        and bill.state = 'posted'
        and bill.move_type in ('out_invoice', 'out_refund')
        and (not %(is_past)s or bill.date <= %(as_of_date)s)
)

select
    bill_then.id,
    bill_then.id as move_id,
    bill_then.company_id,
    company.currency_id,
    bill_then.telecom_billing_account_id as billing_account_id,
    bill_then.partner_id,
    payer.collection_method,
    bill_then.invoice_date,
    date_trunc('month', bill_then.invoice_date)::date as bill_month_date,
    bill_then.invoice_date_due as due_date,
    case
        when bill_then.open_signed = 0 then 0
        else greatest(%(as_of_date)s::date - bill_then.invoice_date_due, 0)
    end as overdue_days,
    case
        when bill_then.open_signed = 0 then '0_paid'
        when bill_then.invoice_date_due >= %(as_of_date)s::date then '1_not_due'
        when bill_then.invoice_date_due >= %(as_of_date)s::date - 30 then '2_30'
        when bill_then.invoice_date_due >= %(as_of_date)s::date - 60 then '3_60'
        when bill_then.invoice_date_due >= %(as_of_date)s::date - 90 then '4_90'
        when bill_then.invoice_date_due >= %(as_of_date)s::date - 180 then '5_180'
        else '6_more'
    end as bucket,
    bill_then.amount_total_signed as billed_amount,
    bill_then.amount_total_signed - bill_then.open_signed as settled_amount,
    bill_then.open_signed as open_amount
from bill_then
inner join telecom_billing_account as payer
    on bill_then.telecom_billing_account_id = payer.id
inner join res_company as company
    on bill_then.company_id = company.id

-- Desk: how old is what bills are owed, by the month of the bill.
--
-- grain:      one row per posted bill or credit note of a billing account
-- reads:      account_move, telecom_billing_account
-- writes:     nothing
-- params:     today (civil date)
-- idempotent: yes
select
    bill.id,
    bill.id as move_id,
    bill.company_id,
    bill.currency_id,
    bill.telecom_billing_account_id as billing_account_id,
    bill.partner_id,
    payer.collection_method,
    bill.invoice_date,
    date_trunc('month', bill.invoice_date)::date as bill_month_date,
    bill.invoice_date_due as due_date,
    greatest(%(today)s::date - bill.invoice_date_due, 0) as overdue_days,
    case
        when bill.amount_residual = 0 then '0_paid'
        when bill.invoice_date_due >= %(today)s::date then '1_not_due'
        when bill.invoice_date_due >= %(today)s::date - 30 then '2_30'
        when bill.invoice_date_due >= %(today)s::date - 60 then '3_60'
        when bill.invoice_date_due >= %(today)s::date - 90 then '4_90'
        when bill.invoice_date_due >= %(today)s::date - 180 then '5_180'
        else '6_more'
    end as bucket,
    bill.amount_total_signed as billed_amount,
    bill.amount_total_signed - bill.amount_residual_signed as settled_amount,
    bill.amount_residual_signed as open_amount
from account_move as bill
inner join telecom_billing_account as payer
    on bill.telecom_billing_account_id = payer.id
where
    bill.state = 'posted'
    and bill.move_type in ('out_invoice', 'out_refund')

-- Step payment_return/20: find the booked debit of each return, by its reference only.
-- Grain:      one row per return that waits.
-- Reads:      account_payment_line, account_move_line, account_partial_reconcile,
--             account_move, account_account.
-- Writes:     telecom_returned_debit
-- Params:     returned_ids
-- Idempotent: yes.
with found as (
    select
        returned.id,
        payment.id as payment_line_id,
        payment.debit_booked_date,
        payment.date as due_date,
        payment.partner_id,
        payment.telecom_billing_account_id,
        payment.debit_move_id,
        payment.amount_currency,
        item.id as credit_line_id,
        item.date as booked_date,
        item.partner_id as item_partner_id,
        item.credit,
        bill.id as bill_id,
        bill.telecom_billing_account_id as bill_account_id
    from telecom_returned_debit as returned
    left join account_payment_line as payment
        on
            returned.end_to_end_reference = payment.name
            and returned.company_id = payment.company_id
    left join account_move_line as item
        on
            returned.end_to_end_reference = item.name
            and returned.company_id = item.company_id
            and item.credit > 0
            and item.parent_state = 'posted'
            and exists (
                select from account_account as account
                where
                    account.id = item.account_id
                    and (
                        account.account_type = 'asset_receivable'
                        or payment.capital_call_id is not null
                    )
            )
            and not exists (
                select from telecom_returned_debit as other
                where other.credit_line_id = item.id and other.id <> returned.id
            )
    left join account_partial_reconcile as partial on item.id = partial.credit_move_id
    left join account_move_line as bill_item on partial.debit_move_id = bill_item.id
    left join account_move as bill
        on
            coalesce(payment.debit_move_id, bill_item.move_id) = bill.id
            and bill.move_type = 'out_invoice'
    where returned.id = any(%(returned_ids)s) and returned.state = 'waiting'
),

first_found as (
    select distinct on (found.id) found.*
    from found
    order by found.id asc, found.credit_line_id desc nulls last, found.bill_id asc
)

update telecom_returned_debit as returned
set
    payment_line_id = first_found.payment_line_id,
    credit_line_id = first_found.credit_line_id,
    bill_id = first_found.bill_id,
    partner_id = coalesce(first_found.partner_id, first_found.item_partner_id),
    billing_account_id = coalesce(
        first_found.telecom_billing_account_id, first_found.bill_account_id
    ),
    debited_date = coalesce(
        first_found.due_date, first_found.debit_booked_date, first_found.booked_date
    ),
    waiting_reason = case
        when first_found.credit_line_id is null and first_found.payment_line_id is null
            then 'unknown'
        when first_found.credit_line_id is null then 'not_booked'
        when first_found.credit <> returned.amount then 'amount_differs'
    end
from first_found
where returned.id = first_found.id

-- Step debit/31: take debits out of a run and list them with their reason.
-- Grain:      one row per debit named
-- Reads:      account_payment_line
-- Writes:     telecom_debit_left_out
-- Params:     line_ids, reasons, details (parallel lists), user_id
-- Idempotent: after it step 32 deletes the debits.
insert into telecom_debit_left_out (
    run_id,
    company_id,
    move_id,
    capital_call_id,
    telecom_billing_account_id,
    partner_id,
    mandate_id,
    amount,
    due_date,
    label,
    end_to_end_id,
    reason,
    detail,
    create_uid,
    create_date,
    write_uid,
    write_date
)
select
    line.debit_run_id,
    line.company_id,
    line.debit_move_id,
    line.capital_call_id,
    line.telecom_billing_account_id,
    line.partner_id,
    line.mandate_id,
    line.amount_currency,
    line.date,
    line.communication,
    line.name,
    found.reason,
    found.detail,
    %(user_id)s,
    now() at time zone 'UTC',
    %(user_id)s as write_uid,
    now() at time zone 'UTC'
from
    unnest(%(line_ids)s::integer[], %(reasons)s::text[], %(details)s::text[])
        as found (line_id, reason, detail)
inner join account_payment_line as line
    on found.line_id = line.id

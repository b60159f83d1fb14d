-- Step debit/23: what cannot be debited, and why.
-- Grain:      one row per candidate with a reason that is not in the run itself
-- Reads:      debit_candidate, account_payment_line, telecom_debit_left_out
-- Writes:     telecom_debit_left_out
-- Params:     run_id, company_id, user_id
-- Idempotent: after step 22.
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
    reason,
    detail,
    create_uid,
    create_date,
    write_uid,
    write_date
)
select
    %(run_id)s,
    %(company_id)s,
    candidate.move_id,
    candidate.capital_call_id,
    candidate.billing_account_id,
    candidate.partner_id,
    candidate.mandate_id,
    candidate.amount,
    candidate.wanted_date,
    candidate.label,
    candidate.reason,
    candidate.detail,
    %(user_id)s,
    now() at time zone 'UTC',
    %(user_id)s as write_uid,
    now() at time zone 'UTC'
from debit_candidate as candidate
where
    candidate.reason is not null
    and not exists (
        select 1
        from account_payment_line as line
        where
            line.debit_run_id = %(run_id)s
            and line.is_debit_open is true
            and (
                line.debit_move_id = candidate.move_id
                or line.capital_call_id = candidate.capital_call_id
            )
    )
    and not exists (
        select 1
        from telecom_debit_left_out as left_out
        where
            left_out.run_id = %(run_id)s
            and left_out.reason = 'by_hand'
            and (
                left_out.move_id = candidate.move_id
                or left_out.capital_call_id = candidate.capital_call_id
            )
    )
order by candidate.label

-- Step debit/23a: what is claimed about bills whose rest is debited.
-- Grain:      one row per debit of the run that leaves something out
-- Reads:      account_payment_line
-- Writes:     telecom_debit_left_out
-- Params:     run_id, company_id, user_id
-- Idempotent: after step 22.
insert into telecom_debit_left_out (
    run_id,
    company_id,
    move_id,
    telecom_billing_account_id,
    partner_id,
    mandate_id,
    amount,
    due_date,
    label,
    reason,
    create_uid,
    create_date,
    write_uid,
    write_date
)
select
    %(run_id)s,
    %(company_id)s,
    debit_move_id,
    telecom_billing_account_id,
    partner_id,
    mandate_id,
    disputed_amount,
    date,
    communication,
    'disputed',
    %(user_id)s,
    now() at time zone 'UTC',
    %(user_id)s as write_uid,
    now() at time zone 'UTC'
from account_payment_line
where
    debit_run_id = %(run_id)s
    and is_debit_open is true
    and disputed_amount > 0
order by name

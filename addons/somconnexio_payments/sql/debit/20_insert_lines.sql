-- Step debit/20: the debits of a run.
-- Grain:      one row per candidate without a reason
-- Reads:      debit_candidate, account_banking_mandate, res_partner_bank
-- Writes:     account_payment_line
-- Params:     run_id, company_id, currency_id, bill_order_id, capital_order_id,
--             run_name, last_number, user_id
-- Idempotent: a bill that stands in an open run is refused by the database.
insert into account_payment_line (
    name,
    order_id,
    debit_run_id,
    company_id,
    company_currency_id,
    payment_type,
    state,
    move_line_id,
    debit_move_id,
    capital_call_id,
    debit_wish_id,
    debit_kind,
    telecom_billing_account_id,
    partner_id,
    partner_bank_id,
    partner_bank_allow_out_payment,
    mandate_id,
    sequence_type,
    currency_id,
    amount_currency,
    amount_company_currency,
    disputed_amount,
    date,
    communication,
    communication_type,
    priority,
    is_debit_open,
    create_uid,
    create_date,
    write_uid,
    write_date
)
select
    %(run_name)s || '-' || lpad(
        (
            %(last_number)s
            + row_number() over (order by candidate.label, candidate.id)
        )::text,
        6,
        '0'
    ),
    case candidate.kind
        when 'capital' then %(capital_order_id)s::integer
        else %(bill_order_id)s::integer
    end,
    %(run_id)s,
    %(company_id)s,
    %(currency_id)s,
    'inbound',
    'draft',
    candidate.move_line_id,
    candidate.move_id,
    candidate.capital_call_id,
    candidate.wish_id,
    candidate.kind,
    candidate.billing_account_id,
    candidate.partner_id,
    candidate.partner_bank_id,
    bank_account.allow_out_payment,
    candidate.mandate_id,
    case
        when mandate.type = 'oneoff' then 'OOFF'
        when
            mandate.state = 'final' and row_number() over (
                partition by candidate.mandate_id
                order by candidate.due_date desc, candidate.label desc
            ) = 1
            then 'FNAL'
        else 'RCUR'
    end,
    %(currency_id)s as line_currency_id,
    candidate.amount,
    candidate.amount as amount_company_currency,
    candidate.disputed_amount,
    candidate.due_date,
    candidate.label,
    'free',
    'NORM',
    true,
    %(user_id)s,
    now() at time zone 'UTC',
    %(user_id)s as write_uid,
    now() at time zone 'UTC'
from debit_candidate as candidate
inner join account_banking_mandate as mandate
    on candidate.mandate_id = mandate.id
inner join res_partner_bank as bank_account
    on candidate.partner_bank_id = bank_account.id
where candidate.reason is null

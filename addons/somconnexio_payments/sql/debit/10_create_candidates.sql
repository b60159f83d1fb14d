-- Step debit/10: the table in which a proposal is thought out.
-- Grain:      one row per bill or instalment of share capital that might be debited
-- Writes:     debit_candidate (temporary), filled by the steps 11 to 18.
-- Idempotent: made once a session; emptied by the next step.
create temporary table if not exists debit_candidate (
    id serial primary key,
    kind text not null,
    move_id integer,
    move_line_id integer,
    capital_call_id integer,
    wish_id integer,
    billing_account_id integer,
    membership_id integer,
    partner_id integer not null,
    amount numeric not null,
    disputed_amount numeric not null default 0,
    currency_id integer,
    wanted_date date not null,
    due_date date,
    label text not null,
    mandate_id integer,
    partner_bank_id integer,
    sequence_type text,
    reason text,
    detail text
)

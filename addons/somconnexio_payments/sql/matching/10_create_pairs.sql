-- Step matching/10: the table of what is matched at once.
-- Grain:      one row per bill's item and the item that pays it, to the cent
-- Writes:     match_pair (temporary), filled by step 12.
-- Idempotent: made once a session; emptied by the next step.
create temporary table if not exists match_pair (
    debit_id integer primary key,
    credit_id integer not null unique,
    bill_id integer not null unique,
    company_id integer not null,
    currency_id integer not null,
    amount numeric not null,
    max_date date not null,
    partial_id integer not null,
    full_id integer not null
)

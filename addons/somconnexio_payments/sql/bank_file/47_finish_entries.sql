-- Step 47: entries know their statement line; the first line its label and remainder.
-- Grain:      one row per entry.
-- Reads:      temporary bank_plan
-- Writes:     telecom_bank_entry, account_bank_statement_line (the mould).
-- Params:     now.
-- Idempotent: yes.
with told as (
    update telecom_bank_entry as entry
    set
        statement_line_id = plan.line_id,
        write_date = cast(%(now)s as timestamp)
    from bank_plan as plan
    where entry.id = plan.entry_id
)

update account_bank_statement_line as line
set
    is_reconciled = plan.open_amount = 0,
    amount_residual = -plan.open_amount
from bank_plan as plan
where plan.is_mould and line.id = plan.line_id

-- Step 42, second: each journal entry knows its statement line.
-- Grain:      one row per entry but the first.
-- Reads:      temporary bank_plan
-- Writes:     account_move
-- Idempotent: yes.
update account_move as move
set statement_line_id = plan.line_id
from bank_plan as plan
where move.id = plan.move_id and not plan.is_mould

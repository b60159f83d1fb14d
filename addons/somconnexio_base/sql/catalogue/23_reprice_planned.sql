-- Step 23: lines that begin on the day or later get the new price themselves.
-- Grain:      one row per line of the plan that begins on the day or later
-- Reads:      telecom_price_change_line
-- Writes:     contract_line (specific_price)
-- Params:     change_id, first_date, user_id
-- Idempotent: the same price is written again.
update contract_line as line
set
    specific_price = plan.new_price,
    write_uid = %(user_id)s,
    write_date = now() at time zone 'UTC'
from telecom_price_change_line as plan
where
    plan.change_id = %(change_id)s
    and plan.successor_line_id is null
    and line.id = plan.contract_line_id
    and line.date_start >= %(first_date)s

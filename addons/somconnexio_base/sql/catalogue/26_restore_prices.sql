-- Step 26: lines that begin on the day or later get the old price back.
-- Grain:      one row per line of the plan that has no successor
-- Reads:      telecom_price_change_line
-- Writes:     contract_line (specific_price)
-- Params:     change_id, first_date, user_id
-- Idempotent: a line with another price than the change's is left alone.
update contract_line as line
set
    specific_price = plan.old_price,
    write_uid = %(user_id)s,
    write_date = now() at time zone 'UTC'
from telecom_price_change_line as plan
where
    plan.change_id = %(change_id)s
    and line.id = plan.contract_line_id
    and line.date_start >= %(first_date)s
    and round(line.specific_price::numeric, 6) = round(plan.new_price::numeric, 6)

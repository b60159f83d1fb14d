-- Step 21: lines at the old price end on the day before the change.
-- Grain:      one row per line of the plan that begins before the day
-- Reads:      telecom_price_change_line
-- Writes:     contract_line (date_end)
-- Params:     change_id, first_date, user_id
-- Idempotent: a line that has ended gets the same day again.
update contract_line as line
set
    date_end = %(first_date)s::date - 1,
    write_uid = %(user_id)s,
    write_date = now() at time zone 'UTC'
from telecom_price_change_line as plan
where
    plan.change_id = %(change_id)s
    and line.id = plan.contract_line_id
    and line.date_start < %(first_date)s

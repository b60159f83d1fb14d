-- Step 25: the lines of a change taken back go on as they were.
-- Grain:      one row per line of the plan that has a successor
-- Reads:      telecom_price_change_line
-- Writes:     contract_line
-- Params:     change_id, first_date, user_id
-- Idempotent: what is gone is not deleted again.
-- Rule:       the line gets the end that its successor has by now, so that a
--             termination or another tariff planned in between stays.
with

gone as (
    delete from contract_line as successor
    using telecom_price_change_line as plan
    where
        plan.change_id = %(change_id)s
        and successor.id = plan.successor_line_id
        and successor.date_start = %(first_date)s
    returning plan.contract_line_id, successor.date_end
)

update contract_line as line
set
    date_end = gone.date_end,
    write_uid = %(user_id)s,
    write_date = now() at time zone 'UTC'
from gone
where
    line.id = gone.contract_line_id
    -- Written so that no index on date_end is chosen for what is found by its id.
    and line.date_end + 1 = %(first_date)s::date

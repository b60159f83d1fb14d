-- Step 12: the numbers that usage of this company can be of, and who holds them when.
-- Grain:      as telecom_served_number.
-- Reads:      telecom_served_number.
-- Writes:     usage_served.
-- Params:     company_id.
-- Idempotent: no; the table is cleared before.
insert into usage_served (number, subscription_id, start_at, end_at)
select
    number,
    subscription_id,
    start_at,
    end_at
from telecom_served_number
where company_id = %(company_id)s

-- Step 27: what was planned by a change taken back is forgotten.
-- Grain:      one row per line of the plan
-- Reads:      telecom_price_change_line
-- Writes:     telecom_price_change_line
-- Params:     change_id
-- Idempotent: what is gone is not deleted again.
delete from telecom_price_change_line as plan
where plan.change_id = %(change_id)s

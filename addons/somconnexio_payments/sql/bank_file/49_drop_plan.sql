-- Step 49: forget what was to be booked.
-- Grain:      -
-- Reads:      -
-- Writes:     temporary bank_plan
-- Idempotent: yes.
drop table if exists bank_plan

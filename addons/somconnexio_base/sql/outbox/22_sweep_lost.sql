-- Step 22: the calls whose sender is dead: it held them longer than any call lasts.
-- Grain:      one row per call.
-- Reads:      telecom_outbox
-- Writes:     - (locks what it returns)
-- Params:     now.
-- Idempotent: yes.
select call.id
from telecom_outbox as call
where
    call.state = 'sending'
    and call.lease_until_at < %(now)s
order by call.id
limit 500
for update skip locked

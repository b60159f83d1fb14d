-- Step 48: put the events that can't be priced in suspense, with the reason.
--
-- grain:      one row per event without tariff, destination or rate
-- reads:      rating_counted
-- writes:     telecom_usage_event (state, reason)
-- idempotent: events that wait for the same reason already aren't touched
update telecom_usage_event as event
set
    state = 'received',
    reason = counted.reason
from rating_counted as counted
where
    counted.reason is not null
    and event.id = counted.event_id
    and event.started_at = counted.started_at
    and event.reason is distinct from counted.reason;

-- Step 49: take the events that could be priced at last out of suspense.
--
-- grain:      one row per event that waited for a tariff, destination or rate
-- reads:      rating_priced
-- writes:     telecom_usage_event (state, reason)
-- params:     company_id
-- idempotent: an event that doesn't wait isn't touched
update telecom_usage_event as event
set
    state = 'recycled',
    reason = null
from rating_priced as priced
where
    event.company_id = %(company_id)s
    and event.state = 'received'
    and event.reason in ('no_tariff', 'no_destination', 'no_rate')
    and event.id = priced.event_id
    and event.started_at = priced.started_at;

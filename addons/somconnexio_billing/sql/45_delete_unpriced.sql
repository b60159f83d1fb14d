-- Step 45: delete the open rated usage of events that have no price any more.
--
-- Their tariff, destination or rate is gone, or they lost their subscription.
--
-- grain:      one row per open row of rated usage without a price
-- reads:      rating_open_usage, rating_priced
-- writes:     telecom_rated_usage
-- idempotent: what was deleted isn't found again
with usage_unpriced as (
    select
        open_usage.event_id,
        open_usage.started_at
    from rating_open_usage as open_usage
    left join rating_priced as priced on open_usage.event_id = priced.event_id
    where priced.event_id is null
)

delete from telecom_rated_usage as rated
using usage_unpriced
where
    rated.event_id = usage_unpriced.event_id
    and rated.started_at = usage_unpriced.started_at;

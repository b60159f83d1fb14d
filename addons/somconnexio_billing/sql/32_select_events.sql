-- Step 32: select the usage events to rate.
--
-- Every event of the company that has a subscription, began before the end of the
-- period and isn't on a bill: never rated, or rated and open. Events that an earlier
-- rating put in suspense are tried again. Civil dates are the company's. The head of
-- the other number is as much of it as any destination prefix can match.
--
-- grain:      one row per usage event
-- reads:      telecom_usage_event, telecom_rated_usage, rating_open_usage,
--             telecom_destination_prefix
-- writes:     rating_event (temporary)
-- params:     company_id, period_start and period_end (civil dates), timezone
-- idempotent: reads only
create temporary table rating_event on commit drop as
with period as (
    select
        %(period_end)s::date::timestamp at time zone %(timezone)s at time zone 'UTC'
            as end_at
),

longest as (
    select max(length(prefix.prefix)) as digits
    from telecom_destination_prefix as prefix
),

event_dated as (
    select
        event.id as event_id,
        event.event_key,
        event.started_at,
        (event.started_at at time zone 'UTC' at time zone %(timezone)s)::date
            as started_date,
        event.subscription_id,
        event.usage_type_id,
        event.direction,
        left(nullif(event.other_number, ''), (select longest.digits from longest))
            as number_head,
        event.visited_country,
        event.quantity
    from telecom_usage_event as event
    left join telecom_rated_usage as rated
        on event.id = rated.event_id
    left join rating_open_usage as open_usage
        on rated.event_id = open_usage.event_id
    where
        event.company_id = %(company_id)s
        and event.subscription_id is not null
        and (
            event.state in ('guided', 'recycled')
            or event.reason in ('no_tariff', 'no_destination', 'no_rate')
        )
        and event.started_at < (select period.end_at from period)
        and (rated.event_id is null or open_usage.event_id is not null)
)

select
    event_dated.event_id,
    event_dated.event_key,
    event_dated.started_at,
    event_dated.started_date,
    date_trunc('month', event_dated.started_date)::date as month_date,
    event_dated.started_date < %(period_start)s::date as is_late,
    event_dated.subscription_id,
    event_dated.usage_type_id,
    event_dated.direction,
    event_dated.number_head,
    event_dated.visited_country,
    event_dated.quantity
from event_dated;

-- Step 35a: list the one-shot allowances that usage to rate may draw on.
--
-- grain:      one row per one-shot allowance of a subscription
-- reads:      telecom_allowance_grant, telecom_allowance, rating_event
-- writes:     rating_grant (temporary); the dates are half-open civil days on which
--             it is valid in part at least
-- params:     company_id, period_end (civil date), timezone
-- idempotent: reads only
create temporary table rating_grant on commit drop as
with played as (
    select min(event.started_at) as first_at
    from rating_event as event
)

select
    bond.id as grant_id,
    bond.subscription_id,
    bond.allowance_id,
    bond.valid_from_at,
    coalesce(bond.expires_at, 'infinity') as expires_at,
    (bond.valid_from_at at time zone 'UTC' at time zone %(timezone)s)::date
        as valid_from,
    coalesce(
        (
            (bond.expires_at - interval '1 microsecond')
            at time zone 'UTC' at time zone %(timezone)s
        )::date + 1,
        'infinity'
    ) as valid_to,
    bond.quantity::numeric as quantity
from telecom_allowance_grant as bond
inner join telecom_allowance as allowance on bond.allowance_id = allowance.id
cross join played
where
    bond.company_id = %(company_id)s
    and allowance.active
    and allowance.is_one_shot
    and bond.valid_from_at
    < %(period_end)s::date::timestamp at time zone %(timezone)s at time zone 'UTC'
    and (bond.expires_at is null or bond.expires_at > played.first_at);

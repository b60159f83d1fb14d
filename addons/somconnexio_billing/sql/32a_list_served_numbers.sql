-- Step 32a: list when the company serves which numbers.
--
-- An event to or from such a number is on-net.
--
-- grain:      one row per number and unbroken time in which a subscription holds it
-- reads:      telecom_served_number
-- writes:     rating_served_number (temporary)
-- params:     company_id
-- idempotent: reads only
create temporary table rating_served_number on commit drop as
with number_held as (
    select
        served.number,
        range_agg(tsrange(served.start_at, served.end_at)) as held
    from telecom_served_number as served
    where
        served.company_id = %(company_id)s
        and served.subscription_id is not null
    group by served.number
)

select
    number_held.number,
    coalesce(lower(period.held), '-infinity') as start_at,
    coalesce(upper(period.held), 'infinity') as end_at
from number_held
cross join lateral unnest(number_held.held) as period (held);

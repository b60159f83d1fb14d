-- Step 33: find the destination of each other number by its longest prefix.
--
-- grain:      one row per other number under a prefix of an active destination
-- reads:      rating_event, telecom_destination_prefix, telecom_destination
-- writes:     rating_destination (temporary)
-- idempotent: reads only
create temporary table rating_destination on commit drop as
with other_number as (
    select distinct rating_event.other_number as digits
    from rating_event
    where rating_event.other_number is not null
),

active_prefix as (
    select
        prefix.prefix,
        length(prefix.prefix) as prefix_length,
        prefix.destination_id
    from telecom_destination_prefix as prefix
    inner join telecom_destination as destination
        on prefix.destination_id = destination.id
    where destination.active
),

prefix_length as (
    select distinct active_prefix.prefix_length
    from active_prefix
)

select distinct on (other_number.digits)
    other_number.digits as other_number,
    active_prefix.destination_id
from other_number
cross join prefix_length
inner join active_prefix
    on left(other_number.digits, prefix_length.prefix_length) = active_prefix.prefix
order by other_number.digits asc, active_prefix.prefix_length desc;

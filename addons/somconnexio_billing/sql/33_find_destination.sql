-- Step 33: find the destination of each number by its longest prefix.
--
-- grain:      one row per number head under a prefix of an active destination
-- reads:      rating_event, telecom_destination_prefix, telecom_destination
-- writes:     rating_destination (temporary)
-- idempotent: reads only
create temporary table rating_destination on commit drop as
with number_head as (
    select distinct event.number_head as digits
    from rating_event as event
    where event.number_head is not null
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

select distinct on (number_head.digits)
    number_head.digits as number_head,
    active_prefix.destination_id
from number_head
cross join prefix_length
inner join active_prefix
    on left(number_head.digits, prefix_length.prefix_length) = active_prefix.prefix
order by number_head.digits asc, active_prefix.prefix_length desc;

-- Step 27: the rows that wait for a person, or were given up by one, and the money at
--          risk in them.
-- Grain:      one row per event in suspense or discarded (even id: twice the event's)
--             and per rejection that stands, duplicates left out (odd id).
-- Reads:      telecom_usage_event, telecom_usage_rejection, telecom_usage_file,
--             telecom_tariff_rate.
-- Idempotent: reads only.
-- Rule:       at risk is the larger of what the provider asks and what the company's
--             tariffs charge on average today for that type, direction and roaming;
--             of a row that cannot be read, the average cost of its file's events.
with usual_price as (
    select
        rate.company_id,
        rate.usage_type_id,
        rate.direction,
        rate.zone_id is not null as is_roaming,
        avg(rate.setup_fee) as setup_fee,
        avg(rate.unit_price / nullif(rate.price_unit, 0)) as unit_price
    from telecom_tariff_rate as rate
    where
        (rate.valid_from is null or rate.valid_from <= current_date)
        and (rate.valid_to is null or rate.valid_to >= current_date)
    group by
        rate.company_id,
        rate.usage_type_id,
        rate.direction,
        rate.zone_id is not null
),

event_waiting as (
    select
        event.id,
        event.company_id,
        event.file_id,
        event.line_number,
        event.started_at,
        event.state,
        event.reason,
        event.discard_id,
        event.usage_type_id,
        event.direction,
        event.served_number,
        event.quantity,
        event.visited_country,
        event.wholesale_cost,
        event.subscription_id
    from telecom_usage_event as event
    where event.state = 'received'
    union all
    select
        event.id,
        event.company_id,
        event.file_id,
        event.line_number,
        event.started_at,
        event.state,
        event.discarded_reason as reason,
        event.discard_id,
        event.usage_type_id,
        event.direction,
        event.served_number,
        event.quantity,
        event.visited_country,
        event.wholesale_cost,
        event.subscription_id
    from telecom_usage_event as event
    where event.discard_id is not null
)

select
    event.id * 2 as id,
    event.company_id,
    event.file_id,
    file.format_id,
    event.line_number,
    event.started_at as occurred_at,
    case when event.discard_id is null then 'waiting' else 'discarded' end as state,
    event.reason,
    event.discard_id,
    event.usage_type_id,
    event.served_number,
    event.subscription_id,
    null::varchar as raw_line,
    greatest(
        event.wholesale_cost,
        usual_price.setup_fee + usual_price.unit_price * event.quantity,
        0
    ) as amount_at_risk
from event_waiting as event
inner join telecom_usage_file as file
    on event.file_id = file.id
left join usual_price
    on
        event.company_id = usual_price.company_id
        and event.usage_type_id = usual_price.usage_type_id
        and event.direction = usual_price.direction
        and (event.visited_country is not null) = usual_price.is_roaming

union all

select
    rejection.id::bigint * 2 + 1 as id,
    rejection.company_id,
    rejection.file_id,
    file.format_id,
    rejection.line_number,
    file.received_at as occurred_at,
    case when rejection.discard_id is null then 'waiting' else 'discarded' end as state,
    rejection.reason,
    rejection.discard_id,
    null::integer as usage_type_id,
    null::varchar as served_number,
    null::integer as subscription_id,
    rejection.raw_line,
    coalesce(file.wholesale_cost / nullif(file.event_count, 0), 0) as amount_at_risk
from telecom_usage_rejection as rejection
inner join telecom_usage_file as file
    on rejection.file_id = file.id
where
    rejection.state in ('rejected', 'discarded')
    and rejection.reason <> 'duplicate'

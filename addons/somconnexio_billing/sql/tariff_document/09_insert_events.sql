-- Make usage events of the rows of a file.
--
-- Events of the same instant take their turn by event key, so that the key is made of
-- the event's code: they take it in the order of the codes.
--
-- grain:      one row per row of the usage file
-- reads:      rate_usage_input, telecom_usage_type, contract_contract
-- writes:     telecom_usage_event
-- params:     company_id, file_id, namespace (in front of codes of usage types)
-- idempotent: no
insert into telecom_usage_event (
    id,
    started_at,
    event_key,
    company_id,
    file_id,
    line_number,
    usage_type_id,
    subscription_id,
    state,
    direction,
    served_number,
    other_number,
    quantity,
    visited_country,
    wholesale_cost,
    external_id
)
select
    input.event_id as id,
    input.started_at,
    (
        'ffffffffffffffff'
        || lpad(
            to_hex(row_number() over (order by input.event_code collate "C")), 16, '0'
        )
    )::uuid as event_key,
    %(company_id)s,
    %(file_id)s,
    input.row_number as line_number,
    usage_type.id as usage_type_id,
    subscription.id as subscription_id,
    'guided' as state,
    input.direction,
    coalesce(input.served_number, '') as served_number,
    input.other_number,
    input.quantity,
    input.visited_country,
    input.wholesale_cost,
    input.event_code as external_id
from rate_usage_input as input
inner join telecom_usage_type as usage_type
    on %(namespace)s || input.usage_type_code = usage_type.code
inner join contract_contract as subscription
    on
        input.subscription_code = subscription.code
        and subscription.company_id = %(company_id)s
        and subscription.is_telecom

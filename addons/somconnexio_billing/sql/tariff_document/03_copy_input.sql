-- Copy rows of a usage file from the client's stream.
--
-- grain:      one row per row of the usage file
-- reads:      the client's stream
-- writes:     rate_usage_input
-- idempotent: no, by the primary key
copy rate_usage_input (
    row_number,
    event_code,
    subscription_code,
    usage_type_code,
    direction,
    started_at,
    quantity,
    served_number,
    other_number,
    visited_country,
    wholesale_cost
) from stdin

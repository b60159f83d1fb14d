-- Create the table that the usage of a file is copied into.
--
-- grain:      one row per row of the usage file
-- reads:      nothing
-- writes:     rate_usage_input (temporary), columns as UsageRow of tariff_document
-- idempotent: no, it is made in a savepoint of its own
create temporary table rate_usage_input (
    row_number integer primary key,
    event_code varchar not null,
    subscription_code varchar not null,
    usage_type_code varchar not null,
    direction varchar not null,
    started_at timestamp not null,
    quantity numeric not null,
    served_number varchar,
    other_number varchar,
    visited_country varchar,
    wholesale_cost numeric,
    event_id bigint not null default nextval('telecom_usage_event_id_seq')
) on commit drop

-- Step 10: the table of usage events, partitioned by the month of their start.
-- Grain:      one row per usage event; a row is a fact and never rewritten, but for
--             suspense that is solved (state, reason, subscription_id).
-- Writes:     telecom_usage_event and its indexes (definition only).
-- Idempotent: creates only what is missing.
-- Indexes:    the unique key has the start in front: a file's rows come in the order of
--             time and stay together in it, and lists by time are read from it.
-- See docs/adr/0003-usage-events-partitioned-facts.md for keys and absent foreign keys.
create sequence if not exists telecom_usage_event_id_seq as bigint;

create table if not exists telecom_usage_event (
    id bigint not null default nextval('telecom_usage_event_id_seq'),
    started_at timestamp not null,
    event_key uuid not null,
    company_id integer not null,
    file_id integer not null,
    line_number integer not null,
    usage_type_id integer not null,
    subscription_id integer,
    state varchar not null,
    reason varchar,
    direction varchar not null,
    served_number varchar not null,
    other_number varchar,
    quantity numeric not null,
    visited_country varchar,
    wholesale_cost numeric,
    external_id varchar,
    constraint telecom_usage_event_pkey primary key (id, started_at),
    constraint telecom_usage_event_key_unique unique (started_at, event_key),
    constraint telecom_usage_event_quantity_positive check (quantity >= 0),
    constraint telecom_usage_event_state_reason check (
        (state = 'received') = (reason is not null)
    )
) partition by range (started_at);

alter sequence telecom_usage_event_id_seq owned by telecom_usage_event.id;

create index if not exists telecom_usage_event_subscription_index
on telecom_usage_event (subscription_id, started_at);

create index if not exists telecom_usage_event_suspense_index
on telecom_usage_event (company_id, reason)
where state = 'received';

create index if not exists telecom_usage_event_file_index
on telecom_usage_event (file_id);

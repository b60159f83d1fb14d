-- Create the table of rated usage, empty, with its indexes.
--
-- grain:      one row per rated usage event
-- reads:      nothing
-- writes:     telecom_rated_usage, partitioned by month of the event's start (UTC);
--             sql_steps.ensure_month_partitions makes the partitions
-- idempotent: creates only what is missing
--
-- A rated usage has the id of its event: one index less to keep for a million rows.
-- No foreign keys for the same reason; sql/checks holds their place.
create table if not exists telecom_rated_usage (
    id bigint generated always as (event_id) stored,
    company_id integer not null,
    event_id bigint not null,
    started_at timestamp not null,
    subscription_id integer not null,
    billing_account_id integer,
    bill_run_id integer,
    usage_type_id integer not null,
    direction varchar not null,
    served_number varchar,
    other_number varchar,
    destination_id integer,
    zone_id integer,
    visited_country varchar,
    network varchar,
    time_band_id integer,
    product_id integer not null,
    tariff_id integer not null,
    rate_id integer not null,
    allowance_id integer,
    category_id integer not null,
    quantity numeric not null,
    chargeable_quantity numeric not null,
    allowance_quantity numeric not null,
    charged_quantity numeric not null,
    allowance_used_before numeric,
    allowance_limit numeric,
    setup_fee numeric not null,
    unit_price numeric not null,
    price_unit numeric not null,
    amount_exact numeric not null,
    allowance_amount numeric,
    capped_amount numeric,
    amount numeric not null,
    wholesale_cost numeric,
    margin numeric,
    breakdown jsonb,
    is_late boolean not null,
    version integer not null,
    primary key (event_id, started_at)
) partition by range (started_at);

create index if not exists telecom_rated_usage_subscription
on telecom_rated_usage (subscription_id, started_at);

create index if not exists telecom_rated_usage_bill
on telecom_rated_usage (bill_run_id, billing_account_id);

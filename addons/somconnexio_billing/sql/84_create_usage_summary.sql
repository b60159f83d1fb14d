-- Create the table of usage by month, empty, with its indexes.
--
-- grain:      one row per company, month, subscription, offering, tariff, usage type,
--             direction, destination, roaming zone, category and lateness
-- reads:      nothing
-- writes:     telecom_usage_summary
-- idempotent: creates only what is missing
create table if not exists telecom_usage_summary (
    id bigint generated always as identity primary key,
    company_id integer not null,
    month date not null,
    subscription_id integer not null,
    billing_account_id integer,
    product_id integer not null,
    tariff_id integer not null,
    usage_type_id integer not null,
    direction varchar not null,
    destination_id integer,
    zone_id integer,
    category_id integer not null,
    is_late boolean not null,
    event_count integer not null,
    quantity numeric not null,
    allowance_quantity numeric not null,
    charged_quantity numeric not null,
    amount numeric not null,
    wholesale_cost numeric,
    margin numeric
);

create index if not exists telecom_usage_summary_month
on telecom_usage_summary (company_id, month);

create index if not exists telecom_usage_summary_subscription
on telecom_usage_summary (subscription_id, month);

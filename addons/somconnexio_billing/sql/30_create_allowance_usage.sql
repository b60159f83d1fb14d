-- Create the view of what each rated event drew on each allowance.
--
-- Most events draw on one allowance at most, of their own month: their columns say it.
-- Of the others the breakdown has a list.
--
-- grain:      one row per rated usage and allowance that it drew on, or found used up
-- reads:      telecom_rated_usage
-- writes:     view telecom_allowance_usage (definition only); origin_date empty: the
--             event's own month, or a one-shot allowance
-- idempotent: replaces the view
create or replace view telecom_allowance_usage as
select
    rated.event_id,
    rated.started_at,
    rated.company_id,
    rated.subscription_id,
    rated.billing_account_id,
    rated.bill_run_id,
    rated.is_late,
    rated.allowance_id,
    null::integer as grant_id,
    null::date as origin_date,
    'quantity' as kind,
    rated.allowance_quantity as quantity,
    rated.allowance_used_before as used_before,
    rated.allowance_limit as limit_quantity
from telecom_rated_usage as rated
where
    rated.breakdown is null
    and rated.allowance_id is not null
union all
select
    rated.event_id,
    rated.started_at,
    rated.company_id,
    rated.subscription_id,
    rated.billing_account_id,
    rated.bill_run_id,
    rated.is_late,
    draw.allowance as allowance_id,
    draw.grant_id,
    draw.origin as origin_date,
    draw.kind,
    draw.quantity,
    draw.used_before,
    draw.limit_quantity
from telecom_rated_usage as rated
cross join
    lateral jsonb_to_recordset(rated.breakdown -> 'allowances')
        as draw (
            allowance integer,
            grant_id integer,
            origin date,
            kind varchar,
            quantity numeric,
            used_before numeric,
            limit_quantity numeric
        )
where rated.breakdown is not null;

-- Step 41a: sum what usage outside this rating has drawn on allowances.
--
-- Usage that is on a bill, or in another run, keeps its part: what comes late finds
-- only the rest. Of a one-shot allowance its whole life counts.
--
-- grain:      one row per owner, allowance, month of usage, month of origin, one-shot
-- reads:      rating_active_month, rating_grant, rating_open_usage, rating_source,
--             telecom_allowance_usage, telecom_allowance
-- writes:     rating_closed_draw (temporary)
-- params:     company_id, timezone
-- idempotent: reads only
create temporary table rating_closed_draw on commit drop as
with drawn as (
    select
        drawn.event_id,
        drawn.subscription_id,
        drawn.billing_account_id,
        drawn.allowance_id,
        null::integer as grant_id,
        active.month_date,
        coalesce(drawn.origin_date, active.month_date) as origin_date,
        drawn.quantity
    from rating_active_month as active
    inner join telecom_allowance_usage as drawn
        on
            active.subscription_id = drawn.subscription_id
            and drawn.started_at >= active.start_at
            and drawn.started_at < active.end_at
    where drawn.grant_id is null
    union all
    select
        drawn.event_id,
        drawn.subscription_id,
        drawn.billing_account_id,
        drawn.allowance_id,
        bond.grant_id,
        null as month_date,
        null as origin_date,
        drawn.quantity
    from rating_grant as bond
    inner join telecom_allowance_usage as drawn
        on
            bond.subscription_id = drawn.subscription_id
            and bond.grant_id = drawn.grant_id
            and drawn.started_at >= bond.valid_from_at
            and drawn.started_at < bond.expires_at
),

closed as (
    select
        drawn.allowance_id,
        drawn.grant_id,
        drawn.month_date,
        drawn.origin_date,
        drawn.quantity,
        case
            when drawn.grant_id is null and allowance.sharing <> 'subscription'
                then coalesce(-drawn.billing_account_id, drawn.subscription_id)
            else drawn.subscription_id
        end as owner_key
    from drawn
    inner join telecom_allowance as allowance on drawn.allowance_id = allowance.id
    where
        not exists (
            select
            from rating_open_usage as open_usage
            where open_usage.event_id = drawn.event_id
        )
)

select
    closed.owner_key,
    closed.allowance_id,
    closed.grant_id,
    closed.month_date,
    closed.origin_date,
    sum(closed.quantity) as quantity
from closed
group by
    closed.owner_key,
    closed.allowance_id,
    closed.grant_id,
    closed.month_date,
    closed.origin_date;

-- Step 41c: open a bucket for each owner and source.
--
-- A bucket is what is drawn from: its limit less what closed usage took of it, in its
-- month and since. What rolls over gets its limit when the month before is done
-- (step 42f); until then it has none of its own to give. Of a one-shot allowance all
-- that was ever used counts, what earlier months draw now is added in step 42h.
--
-- grain:      one row per owner (subscription, or minus the billing account) and source
-- reads:      rating_source, rating_monthly_grant, rating_active_month, rating_grant,
--             rating_closed_draw, telecom_allowance
-- writes:     rating_bucket (temporary); limit_quantity null is unlimited
-- idempotent: reads only
create temporary table rating_bucket on commit drop as
with active_owner as (
    select
        active.subscription_id as owner_key,
        active.month_date,
        active.is_active
    from rating_active_month as active
    union distinct
    select
        -active.billing_account_id as owner_key,
        active.month_date,
        active.is_active
    from rating_active_month as active
),

bucket as (
    select
        source.source_id,
        given.owner_key,
        given.subscription_id,
        given.billing_account_id,
        source.allowance_id,
        source.is_money,
        source.grant_id,
        source.month_date,
        source.origin_date,
        source.expires_at,
        case
            when source.month_date = source.origin_date then given.quantity else 0
        end as limit_quantity
    from rating_source as source
    inner join rating_monthly_grant as given
        on
            source.allowance_id = given.allowance_id
            and source.origin_date = given.origin_date
    inner join active_owner
        on
            given.owner_key = active_owner.owner_key
            and source.month_date = active_owner.month_date
    inner join telecom_allowance as allowance on source.allowance_id = allowance.id
    where
        active_owner.is_active
        or allowance.rollover_months > 0
    union all
    select
        source.source_id,
        bond.subscription_id as owner_key,
        bond.subscription_id,
        null as billing_account_id,
        source.allowance_id,
        source.is_money,
        source.grant_id,
        source.month_date,
        null as origin_date,
        source.expires_at,
        case when allowance.is_unlimited is not true then bond.quantity end
            as limit_quantity
    from rating_source as source
    inner join rating_grant as bond on source.grant_id = bond.grant_id
    inner join telecom_allowance as allowance on source.allowance_id = allowance.id
),

-- Of one source, in all months in which closed usage drew on it.
closed as (
    select
        bucket.source_id,
        bucket.owner_key,
        sum(drawn.quantity) filter (
            where
            drawn.month_date >= bucket.month_date
            or bucket.grant_id is not null
        ) as since_quantity,
        sum(drawn.quantity) filter (
            where
            drawn.month_date = bucket.month_date
            or bucket.grant_id is not null
        ) as month_quantity
    from bucket
    inner join rating_closed_draw as drawn
        on
            bucket.owner_key = drawn.owner_key
            and bucket.allowance_id = drawn.allowance_id
            and bucket.origin_date is not distinct from drawn.origin_date
            and bucket.grant_id is not distinct from drawn.grant_id
    group by bucket.source_id, bucket.owner_key
)

select
    row_number() over ()::integer as bucket_id,
    bucket.source_id,
    bucket.owner_key,
    bucket.subscription_id,
    bucket.billing_account_id,
    bucket.allowance_id,
    bucket.is_money,
    bucket.grant_id,
    bucket.month_date,
    bucket.origin_date,
    bucket.expires_at,
    bucket.limit_quantity,
    coalesce(closed.since_quantity, 0) as closed_quantity,
    coalesce(closed.month_quantity, 0) as closed_in_month,
    0::numeric as drawn_quantity
from bucket
left join closed
    on
        bucket.source_id = closed.source_id
        and bucket.owner_key = closed.owner_key;

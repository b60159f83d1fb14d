-- Step 49b: store what each owner has of each allowance, and used of it.
--
-- Months that were only looked at for what rolls over are left alone: they are whole
-- in the rating of their own.
--
-- grain:      one row per bucket of an active month, and per one-shot allowance
-- reads:      rating_bucket, rating_active_month
-- writes:     telecom_allowance_balance
-- params:     company_id
-- idempotent: a balance that agrees isn't touched
with active_owner as (
    select
        active.subscription_id as owner_key,
        active.month_date
    from rating_active_month as active
    where active.is_active
    union distinct
    select
        -active.billing_account_id as owner_key,
        active.month_date
    from rating_active_month as active
    where
        active.is_active
        and active.billing_account_id is not null
),

balance as (
    select
        bucket.owner_key,
        bucket.subscription_id,
        bucket.billing_account_id,
        bucket.allowance_id,
        null::integer as grant_id,
        bucket.month_date,
        bucket.origin_date,
        bucket.limit_quantity is null as is_unlimited,
        coalesce(bucket.limit_quantity, 0) as granted,
        bucket.closed_in_month + bucket.drawn_quantity as used,
        bucket.expires_at
    from rating_bucket as bucket
    inner join active_owner
        on
            bucket.owner_key = active_owner.owner_key
            and bucket.month_date = active_owner.month_date
    where
        bucket.grant_id is null
        and (
            bucket.limit_quantity is null
            or bucket.limit_quantity > 0
            or bucket.closed_in_month > 0
        )
    union all
    select
        bucket.owner_key,
        bucket.subscription_id,
        null as billing_account_id,
        bucket.allowance_id,
        bucket.grant_id,
        null as month_date,
        null as origin_date,
        bool_or(bucket.limit_quantity is null) as is_unlimited,
        coalesce(max(bucket.limit_quantity), 0) as granted,
        max(bucket.closed_in_month) + sum(bucket.drawn_quantity) as used,
        max(bucket.expires_at) as expires_at
    from rating_bucket as bucket
    where bucket.grant_id is not null
    group by
        bucket.owner_key,
        bucket.subscription_id,
        bucket.allowance_id,
        bucket.grant_id
)

insert into telecom_allowance_balance as stored (
    company_id,
    owner_key,
    subscription_id,
    billing_account_id,
    allowance_id,
    grant_id,
    month_date,
    origin_date,
    is_unlimited,
    granted,
    used,
    expires_at
)
select
    %(company_id)s,
    balance.owner_key,
    balance.subscription_id,
    balance.billing_account_id,
    balance.allowance_id,
    balance.grant_id,
    balance.month_date,
    balance.origin_date,
    balance.is_unlimited,
    balance.granted,
    balance.used,
    nullif(balance.expires_at, 'infinity') as expires_at
from balance
on conflict (
    owner_key,
    allowance_id,
    coalesce(month_date, 'infinity'),
    coalesce(origin_date, 'infinity'),
    coalesce(grant_id, 0)
) do update
    set
        subscription_id = excluded.subscription_id,
        billing_account_id = excluded.billing_account_id,
        is_unlimited = excluded.is_unlimited,
        granted = excluded.granted,
        used = excluded.used,
        expires_at = excluded.expires_at
    where
    (
        stored.subscription_id,
        stored.billing_account_id,
        stored.is_unlimited,
        stored.granted,
        stored.used,
        stored.expires_at
    )
    is distinct from
    (
        excluded.subscription_id,
        excluded.billing_account_id,
        excluded.is_unlimited,
        excluded.granted,
        excluded.used,
        excluded.expires_at
    );

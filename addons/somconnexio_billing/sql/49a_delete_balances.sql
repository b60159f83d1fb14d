-- Step 49a: delete the balances of allowances that are no longer given.
--
-- grain:      one row per balance of an active month, or one-shot allowance in play,
--             without a bucket
-- reads:      rating_active_month, rating_bucket, rating_source
-- writes:     telecom_allowance_balance
-- params:     company_id
-- idempotent: what was deleted isn't found again
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

balance_stale as (
    select balance.id
    from active_owner
    inner join telecom_allowance_balance as balance
        on
            active_owner.owner_key = balance.owner_key
            and active_owner.month_date = balance.month_date
    left join rating_bucket as bucket
        on
            balance.owner_key = bucket.owner_key
            and balance.allowance_id = bucket.allowance_id
            and balance.month_date = bucket.month_date
            and balance.origin_date = bucket.origin_date
    where
        balance.company_id = %(company_id)s
        and bucket.bucket_id is null
)

delete from telecom_allowance_balance as balance
using balance_stale
where balance.id = balance_stale.id;

-- Step 42f: pass what the month before left into the buckets of a pass.
--
-- What rolls into one month is cut to the allowance's limit: the newest origin keeps
-- its rest first, the oldest is dropped first.
--
-- grain:      one row per rolled bucket of the pass
-- reads:      rating_bucket, rating_pass, telecom_allowance
-- writes:     rating_bucket (limit_quantity)
-- params:     pass_number, is_money
-- idempotent: sets, adds nothing
with rolled as (
    select distinct
        bucket.owner_key,
        bucket.allowance_id,
        bucket.month_date
    from rating_bucket as bucket
    inner join rating_pass as pass on bucket.source_id = pass.source_id
    where
        pass.pass_number = %(pass_number)s
        and pass.is_money = %(is_money)s
        and pass.is_rolled
),

rest as (
    select
        bucket.owner_key,
        bucket.allowance_id,
        rolled.month_date,
        bucket.origin_date,
        greatest(
            bucket.limit_quantity - bucket.closed_in_month - bucket.drawn_quantity, 0
        ) as quantity
    from rolled
    inner join rating_bucket as bucket
        on
            rolled.owner_key = bucket.owner_key
            and rolled.allowance_id = bucket.allowance_id
            and bucket.month_date = rolled.month_date - interval '1 month'
),

rest_newer as (
    select
        rest.owner_key,
        rest.allowance_id,
        rest.month_date,
        rest.origin_date,
        rest.quantity,
        coalesce(
            sum(rest.quantity) over (
                partition by rest.owner_key, rest.allowance_id, rest.month_date
                order by rest.origin_date desc
                rows between unbounded preceding and 1 preceding
            ),
            0
        ) as newer_quantity
    from rest
    inner join telecom_allowance as allowance on rest.allowance_id = allowance.id
    where
        rest.origin_date
        >= rest.month_date - make_interval(months => allowance.rollover_months)
),

kept as (
    select
        rest_newer.owner_key,
        rest_newer.allowance_id,
        rest_newer.month_date,
        rest_newer.origin_date,
        case
            when coalesce(allowance.rollover_limit, 0) = 0 then rest_newer.quantity
            else
                least(
                    rest_newer.quantity,
                    greatest(allowance.rollover_limit - rest_newer.newer_quantity, 0)
                )
        end as quantity
    from rest_newer
    inner join telecom_allowance as allowance
        on rest_newer.allowance_id = allowance.id
)

update rating_bucket as bucket
set limit_quantity = kept.quantity
from kept, rating_pass as pass
where
    bucket.source_id = pass.source_id
    and pass.pass_number = %(pass_number)s
    and pass.is_money = %(is_money)s
    and bucket.owner_key = kept.owner_key
    and bucket.allowance_id = kept.allowance_id
    and bucket.month_date = kept.month_date
    and bucket.origin_date = kept.origin_date;

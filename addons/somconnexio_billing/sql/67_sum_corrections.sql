-- Step 67: what billed usage should have cost, less what it has cost.
-- Grain:      one row per subscription x usage category with a difference
-- Reads:      correction_billed, telecom_rated_usage (priced anew),
--             telecom_bill_adjustment (earlier corrections), telecom_usage_category,
--             telecom_billing_account
-- Params:     company_id, start_at, end_at, month_start, digits
-- Rule:       both sums are rounded to the currency as bill lines are. What an earlier
--             correction of the same month charges or gives back counts as billed.
with

amount_by_category as (
    select
        billed.billing_account_id,
        billed.subscription_id,
        billed.category_id,
        -billed.amount as amount,
        true as is_billed
    from correction_billed as billed
    union all
    select
        billed.billing_account_id,
        billed.subscription_id,
        priced.category_id,
        priced.amount,
        false as is_billed
    from correction_billed as billed
    inner join telecom_rated_usage as priced
        on
            billed.event_id = priced.event_id
            and billed.started_at = priced.started_at
    where
        priced.started_at >= %(start_at)s
        and priced.started_at < %(end_at)s
),

difference as (
    select
        part.billing_account_id,
        part.subscription_id,
        part.category_id,
        count(*) filter (where part.is_billed) as event_count,
        round(
            coalesce(sum(part.amount) filter (where not part.is_billed), 0),
            %(digits)s::integer
        )
        + round(
            coalesce(sum(part.amount) filter (where part.is_billed), 0),
            %(digits)s::integer
        ) as amount
    from amount_by_category as part
    group by part.billing_account_id, part.subscription_id, part.category_id
),

corrected_before as (
    select
        adjustment.subscription_id,
        adjustment.category_id,
        sum(adjustment.amount_untaxed) as amount
    from telecom_bill_adjustment as adjustment
    where
        adjustment.company_id = %(company_id)s
        and adjustment.kind = 'usage'
        and adjustment.state = 'open'
        and adjustment.period_from = %(month_start)s
    group by adjustment.subscription_id, adjustment.category_id
)

select
    difference.billing_account_id,
    difference.subscription_id,
    difference.category_id,
    category.product_id,
    coalesce(category.name ->> payer.lang, category.name ->> 'en_US') as category_name,
    difference.event_count,
    (difference.amount - coalesce(corrected_before.amount, 0))::text as amount
from difference
inner join telecom_usage_category as category
    on difference.category_id = category.id
inner join telecom_billing_account as payer
    on difference.billing_account_id = payer.id
left join corrected_before
    on
        difference.subscription_id = corrected_before.subscription_id
        and difference.category_id = corrected_before.category_id
where difference.amount - coalesce(corrected_before.amount, 0) <> 0
order by
    difference.billing_account_id,
    difference.subscription_id,
    difference.category_id

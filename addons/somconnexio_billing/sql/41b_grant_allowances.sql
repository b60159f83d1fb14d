-- Step 41b: say what each allowance gives to its owners, month by month.
--
-- By day means: the days on which a tariff line of the offering is valid, of the days
-- of the month as the tariff counts them; rounded up to a whole base unit, money to
-- the nearest cent. One for the account counts a day once, whichever of its
-- subscriptions bring it; a pool adds up what each brings.
--
-- grain:      one row per owner (subscription, or minus the billing account),
--             allowance and month of origin
-- reads:      rating_active_month, rating_tariff, rating_source, telecom_allowance
-- writes:     rating_monthly_grant (temporary); quantity null is unlimited
-- params:     money_digits
-- idempotent: reads only
create temporary table rating_monthly_grant on commit drop as
with allowance_month as (
    select distinct
        source.allowance_id,
        source.origin_date
    from rating_source as source
    where source.grant_id is null
),

line_month as (
    select
        allowance_month.allowance_id,
        allowance_month.origin_date,
        tariff.subscription_id,
        tariff.billing_account_id,
        case
            when allowance.sharing = 'account'
                then coalesce(-tariff.billing_account_id, tariff.subscription_id)
            else tariff.subscription_id
        end as holder_key,
        tariff.proration_method,
        daterange(
            greatest(tariff.valid_from, allowance_month.origin_date),
            least(
                tariff.valid_to,
                (allowance_month.origin_date + interval '1 month')::date
            )
        ) as valid
    from allowance_month
    inner join telecom_allowance as allowance
        on allowance_month.allowance_id = allowance.id
    inner join rating_tariff as tariff
        on
            allowance.product_tmpl_id = tariff.product_tmpl_id
            and tariff.valid_from < allowance_month.origin_date + interval '1 month'
            and tariff.valid_to > allowance_month.origin_date
    inner join rating_active_month as active
        on
            tariff.subscription_id = active.subscription_id
            and allowance_month.origin_date = active.month_date
),

holder_month as (
    select
        line_month.allowance_id,
        line_month.origin_date,
        line_month.holder_key,
        min(line_month.subscription_id) as subscription_id,
        min(line_month.billing_account_id) as billing_account_id,
        min(line_month.proration_method) as proration_method,
        range_agg(line_month.valid) as valid
    from line_month
    group by
        line_month.allowance_id,
        line_month.origin_date,
        line_month.holder_key
),

holder_days as (
    select
        holder.allowance_id,
        holder.origin_date,
        holder.holder_key,
        holder.subscription_id,
        holder.billing_account_id,
        holder.proration_method,
        (
            select sum(upper(period.valid) - lower(period.valid))
            from unnest(holder.valid) as period (valid)
        )::integer as days,
        (holder.origin_date + interval '1 month')::date - holder.origin_date
            as days_of_month
    from holder_month as holder
),

holder_share as (
    select
        holder.allowance_id,
        holder.origin_date,
        holder.subscription_id,
        holder.billing_account_id,
        allowance.sharing,
        allowance.kind,
        allowance.is_unlimited,
        case
            when allowance.kind = 'money' then allowance.amount else allowance.quantity
        end as quantity,
        case
            when allowance.proration = 'full' then 1
            when holder.proration_method = 'full_month' then 1
            when holder.days = holder.days_of_month then 1
            when holder.proration_method = 'thirty_days' then least(holder.days, 30)
            else holder.days
        end as share,
        case
            when allowance.proration = 'full' then 1
            when holder.proration_method = 'full_month' then 1
            when holder.days = holder.days_of_month then 1
            when holder.proration_method = 'thirty_days' then 30
            else holder.days_of_month
        end as shares
    from holder_days as holder
    inner join telecom_allowance as allowance on holder.allowance_id = allowance.id
),

holder_grant as (
    select
        holder.allowance_id,
        holder.origin_date,
        case
            when holder.sharing = 'subscription' then holder.subscription_id
            else coalesce(-holder.billing_account_id, holder.subscription_id)
        end as owner_key,
        case when holder.sharing = 'subscription' then holder.subscription_id end
            as subscription_id,
        holder.billing_account_id,
        case
            when holder.is_unlimited then null
            when holder.share = holder.shares then holder.quantity
            when holder.kind = 'money'
                then
                    round(
                        holder.quantity * holder.share / holder.shares,
                        %(money_digits)s::integer
                    )
            else
                div(holder.quantity * holder.share, holder.shares)
                + sign(mod(holder.quantity * holder.share, holder.shares))
        end as quantity
    from holder_share as holder
)

select
    holder.allowance_id,
    holder.origin_date,
    holder.owner_key,
    min(holder.subscription_id) as subscription_id,
    min(holder.billing_account_id) as billing_account_id,
    sum(holder.quantity) as quantity
from holder_grant as holder
group by holder.allowance_id, holder.origin_date, holder.owner_key;

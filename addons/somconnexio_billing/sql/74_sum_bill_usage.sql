-- Sum the usage of bills by category.
--
-- grain:      one row per bill run, billing account, subscription, category and usage
--             type, in the categories' own order
-- reads:      telecom_rated_usage, telecom_usage_category, telecom_usage_type,
--             telecom_destination
-- writes:     nothing
-- params:     run_ids, account_ids (billing accounts), with_free (count calls free of
--             charge)
--
-- What has no price and takes from no allowance (helplines, incoming calls) is left out
-- of the bill altogether, unless the company counts its calls free of charge. What has
-- a price that included money or a limit of spending paid is counted.
select
    rated.bill_run_id,
    rated.billing_account_id,
    rated.subscription_id,
    rated.category_id,
    rated.usage_type_id,
    usage_type.unit,
    count(*) as event_count,
    sum(rated.quantity)::text as quantity,
    sum(rated.charged_quantity)::text as charged_quantity,
    sum(rated.amount)::text as amount
from telecom_rated_usage as rated
inner join telecom_usage_category as category on rated.category_id = category.id
inner join telecom_usage_type as usage_type on rated.usage_type_id = usage_type.id
left join telecom_destination as destination on rated.destination_id = destination.id
where
    rated.bill_run_id = any(%(run_ids)s)
    and rated.billing_account_id = any(%(account_ids)s)
    and (
        case destination.kind
            when 'free' then %(with_free)s
            else
                rated.amount != 0
                or rated.amount_exact != 0
                or rated.allowance_quantity > 0
        end
    )
group by
    rated.bill_run_id,
    rated.billing_account_id,
    rated.subscription_id,
    rated.category_id,
    rated.usage_type_id,
    usage_type.unit,
    category.sequence,
    usage_type.sequence
order by
    rated.billing_account_id,
    rated.subscription_id,
    category.sequence,
    rated.category_id,
    usage_type.sequence,
    rated.usage_type_id

-- Step 92: keep the rated usage of a month that a legal hold is on.
-- Grain:      one row per row of the month whose subscription or billing account is
--             held.
-- Reads:      telecom_rated_usage, telecom_legal_hold, contract_contract.
-- Writes:     telecom_held_usage.
-- Params:     month_date (first day), next_month_date.
-- Idempotent: no; the month is removed in the same transaction.
insert into telecom_held_usage (
    company_id,
    subscription_id,
    billing_account_id,
    kind,
    started_at,
    content,
    held_at
)
select
    usage.company_id,
    usage.subscription_id,
    usage.billing_account_id,
    'rated' as kind,
    usage.started_at,
    to_jsonb(usage) as content,
    now() at time zone 'utc' as held_at
from telecom_rated_usage as usage
left join contract_contract as subscription
    on usage.subscription_id = subscription.id
where
    usage.started_at >= %(month_date)s
    and usage.started_at < %(next_month_date)s
    and exists (
        select
        from telecom_legal_hold as hold
        where
            hold.released_at is null
            and (
                hold.subscription_id = usage.subscription_id
                or hold.billing_account_id = usage.billing_account_id
            )
    )

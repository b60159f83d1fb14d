-- Control: little usage of a customer waits in suspense.
-- Grain:   one row per suspended event of the period whose number the account holds or
--          has held, of accounts with risk_count of them or more
-- Reads:   telecom_usage_event (partial index on suspense), telecom_served_number,
--          contract_contract, telecom_bill_run_account
-- Params:  run_id, company_id, period_start_at, period_end_at, risk_count (0: never)
-- Rule:    the number was in nobody's use at that instant: the usage is held to be of
--          whoever had it last before, or else first after. It is lost for the bill, or
--          worse, belongs to somebody else.
with

suspended as (
    select
        event.id,
        event.served_number,
        event.started_at
    from telecom_usage_event as event
    where
        event.company_id = %(company_id)s
        and event.state = 'received'
        and event.reason = 'number_not_in_use'
        and event.started_at >= %(period_start_at)s
        and event.started_at < %(period_end_at)s
),

at_risk as (
    select
        account.billing_account_id,
        suspended.id,
        suspended.served_number,
        suspended.started_at,
        subscription.code,
        count(*) over (partition by account.billing_account_id) as event_count
    from suspended
    cross join
        lateral (
            select holder.subscription_id
            from telecom_served_number as holder
            where
                holder.company_id = %(company_id)s
                and holder.number = suspended.served_number
                and holder.subscription_id is not null
            order by
                holder.start_at > suspended.started_at,
                abs(extract(epoch from holder.start_at - suspended.started_at))
            limit 1
        ) as holder
    inner join contract_contract as subscription
        on holder.subscription_id = subscription.id
    inner join telecom_bill_run_account as account
        on
            subscription.telecom_billing_account_id = account.billing_account_id
            and account.run_id = %(run_id)s
            and account.move_id is null
)

select
    at_risk.billing_account_id,
    at_risk.id as res_id,
    concat_ws(
        ' ', at_risk.served_number, at_risk.started_at, at_risk.code
    ) as detail
from at_risk
where
    %(risk_count)s::integer > 0
    and at_risk.event_count >= %(risk_count)s::integer
order by at_risk.started_at, at_risk.id

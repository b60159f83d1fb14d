-- Rule:  a service stands for non-payment if and only if a live case on the ladder says
--        that dunning suspended or barred it.
-- Grain: a subscription for which that is not so.
select
    subscription.code,
    subscription.telecom_state,
    subscription.restriction_kind,
    line.suspended_date,
    line.restricted_kind,
    dunning.state
from contract_contract as subscription
left join telecom_lifecycle_reason as reason
    on subscription.suspension_reason_id = reason.id
left join telecom_dunning_line as line on subscription.id = line.subscription_id
left join telecom_dunning_case as dunning on line.case_id = dunning.id
where
    subscription.company_id = %(company_id)s
    and subscription.telecom_billing_account_id is not null
    and (
        (
            subscription.telecom_state = 'suspended'
            and reason.id = %(reason_id)s
        ) <> (line.suspended_date is not null and dunning.state <> 'clear')
        or (
            subscription.restriction_kind is not null
        ) <> (line.restricted_kind is not null and dunning.state <> 'clear')
    )

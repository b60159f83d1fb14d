-- List what is left of allowances after a rating.
--
-- grain:      one row per owner, allowance, month and origin
-- reads:      telecom_allowance_balance, contract_contract
-- writes:     nothing
-- params:     company_id
-- idempotent: reads only
select
    subscription.code as subscription_code,
    balance.billing_account_id,
    balance.allowance_id,
    balance.month_date,
    balance.origin_date,
    balance.is_unlimited is true as is_unlimited,
    balance.granted::text as granted,
    balance.used::text as used,
    balance.expires_at
from telecom_allowance_balance as balance
left join contract_contract as subscription
    on balance.subscription_id = subscription.id
where balance.company_id = %(company_id)s
order by
    subscription.code collate "C" nulls last,
    balance.billing_account_id,
    balance.month_date,
    balance.allowance_id,
    balance.origin_date,
    balance.id

-- Step 55: the fiscal position of services delivered elsewhere than to the payer.
-- Grain:      one row per line of a subscription with a service address of its own
-- Reads:      the parameters, telecom_bill_run_account (open ones)
-- Writes:     telecom_bill_run_line: fiscal_position_id, has_own_position
-- Params:     run_id, subscription_ids, position_ids (parallel lists; null for none)
-- Idempotent: 51 deletes first.
update telecom_bill_run_line as line
set
    fiscal_position_id = found.position_id,
    has_own_position = true
from telecom_bill_run_account as account
cross join
    unnest(
        %(subscription_ids)s::integer[], %(position_ids)s::integer[]
    ) as found (subscription_id, position_id)
where
    line.run_account_id = account.id
    and line.subscription_id = found.subscription_id
    and account.run_id = %(run_id)s
    and account.move_id is null

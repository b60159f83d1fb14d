-- Step 55: the fiscal position of each account of a run.
-- Grain:      one row per run account
-- Reads:      the parameters
-- Writes:     telecom_bill_run_account.fiscal_position_id
-- Params:     run_account_ids, position_ids (parallel lists; null for none)
update telecom_bill_run_account as account
set fiscal_position_id = found.position_id
from
    unnest(
        %(run_account_ids)s::integer[], %(position_ids)s::integer[]
    ) as found (run_account_id, position_id)
where
    account.id = found.run_account_id
    and account.fiscal_position_id is distinct from found.position_id

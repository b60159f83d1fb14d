-- Step 59: what Odoo's engine says that bills come to without taxes.
-- Grain:      one row per run account
-- Reads:      the parameters
-- Writes:     telecom_bill_run_account: amount_untaxed, amount_total
-- Params:     run_account_ids, untaxed: parallel lists
-- Rule:       only a tax that is included in the price makes it other than the sum of
--             the lines.
update telecom_bill_run_account as account
set
    amount_untaxed = engine.untaxed,
    amount_total = engine.untaxed + account.amount_tax
from
    unnest(
        %(run_account_ids)s::integer [], %(untaxed)s::numeric []
    ) as engine (run_account_id, untaxed)
where account.id = engine.run_account_id

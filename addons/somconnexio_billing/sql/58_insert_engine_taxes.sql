-- Step 58: base and amount of each tax of each bill that Odoo's engine computed.
-- Grain:      one row per run account x tax
-- Reads:      the parameters
-- Writes:     telecom_bill_run_tax
-- Params:     run_id, company_id, run_account_ids, tax_ids, bases, amounts: parallel
--             lists
-- Idempotent: 51 deletes first.
insert into telecom_bill_run_tax (
    run_id,
    run_account_id,
    company_id,
    tax_id,
    amount_base,
    amount_tax
)
select
    %(run_id)s,
    engine.run_account_id,
    %(company_id)s,
    engine.tax_id,
    engine.amount_base,
    engine.amount_tax
from
    unnest(
        %(run_account_ids)s::integer[],
        %(tax_ids)s::integer[],
        %(bases)s::numeric[],
        %(amounts)s::numeric[]
    ) as engine (run_account_id, tax_id, amount_base, amount_tax)

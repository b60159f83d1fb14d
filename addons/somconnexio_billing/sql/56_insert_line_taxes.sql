-- Step 56: the taxes of each line.
-- Grain:      one row per line x tax
-- Reads:      telecom_bill_run_line, telecom_bill_run_account
-- Writes:     telecom_bill_run_line_tax_rel
-- Params:     run_id, product_ids, position_ids (0 for none), tax_ids: parallel lists
-- Idempotent: 51 deletes the lines and with them their taxes.
insert into telecom_bill_run_line_tax_rel (line_id, tax_id)
select
    line.id,
    mapped.tax_id
from telecom_bill_run_line as line
inner join telecom_bill_run_account as account
    on line.run_account_id = account.id
inner join
    unnest(
        %(product_ids)s::integer[],
        %(position_ids)s::integer[],
        %(tax_ids)s::integer[]
    ) as mapped (product_id, position_id, tax_id)
    on
        line.product_id = mapped.product_id
        and coalesce(
            case
                when line.has_own_position then line.fiscal_position_id
                else account.fiscal_position_id
            end,
            0
        ) = mapped.position_id
where
    line.run_id = %(run_id)s
    and account.move_id is null
on conflict do nothing

-- Step 56: which products meet which fiscal positions in a run.
-- Grain:      one row per product x fiscal position of a line that is to be invoiced
-- Reads:      telecom_bill_run_line, telecom_bill_run_account
-- Params:     run_id
select distinct
    line.product_id,
    case
        when line.has_own_position then line.fiscal_position_id
        else account.fiscal_position_id
    end as fiscal_position_id
from telecom_bill_run_line as line
inner join telecom_bill_run_account as account
    on line.run_account_id = account.id
where
    line.run_id = %(run_id)s
    and line.product_id is not null
    and account.move_id is null

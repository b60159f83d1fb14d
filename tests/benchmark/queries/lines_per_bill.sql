-- Count the lines and bills of the latest bill run; notes and sections are no lines.
--
-- grain: one row
-- reads: telecom_bill_run, account_move, account_move_line
select
    count(line.id) as line_count,
    count(distinct move.id) as bill_count
from account_move as move
left join account_move_line as line
    on
        move.id = line.move_id
        and line.display_type = 'product'
where move.telecom_bill_run_id = (select max(run.id) from telecom_bill_run as run);

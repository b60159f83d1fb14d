-- Rule:  a debit that is written into a file asks for no disputed sum, for no bill of an
--        agreed plan but the plan's own parts, and for no more than is open.
-- Grain: a debit that does.
select
    line.name,
    line.amount_currency as asked,
    bill.amount_residual as open_amount,
    coalesce(claim.amount, 0) as disputed,
    plan.id as plan_id
from account_payment_line as line
inner join account_move as bill on line.debit_move_id = bill.id
left join lateral (
    select sum(dispute.amount) as amount
    from telecom_payment_dispute as dispute
    where dispute.bill_id = bill.id and dispute.state = 'open'
) as claim on true
left join lateral (
    select agreed.id
    from telecom_payment_plan as agreed
    inner join telecom_payment_plan_bill as part on agreed.id = part.plan_id
    where part.bill_id = bill.id and agreed.state = 'agreed'
    limit 1
) as plan on true
where
    line.debit_run_id = %(run_id)s
    and (
        line.amount_currency > bill.amount_residual - coalesce(claim.amount, 0)
        or (plan.id is not null and line.debit_kind <> 'part')
    )

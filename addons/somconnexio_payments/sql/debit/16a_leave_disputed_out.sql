-- Step debit/16a: what is claimed about a bill is not debited, the rest of it is.
-- Grain:      one row per bill with an open claim; not the parts agreed in a plan,
--             which has left out what is claimed
-- Reads:      telecom_payment_dispute
-- Writes:     debit_candidate (temporary)
-- Params:     company_id
-- Idempotent: once for each candidate.
with

claim as (
    select
        bill_id,
        sum(amount) as amount
    from telecom_payment_dispute
    where
        company_id = %(company_id)s
        and state = 'open'
    group by bill_id
)

update debit_candidate as candidate
set
    disputed_amount = least(claim.amount, candidate.amount),
    amount = case
        when claim.amount < candidate.amount then candidate.amount - claim.amount
        else candidate.amount
    end,
    reason = case when claim.amount >= candidate.amount then 'disputed' end
from claim
where
    claim.bill_id = candidate.move_id
    and candidate.kind in ('bill', 'retry')
    and candidate.amount > 0

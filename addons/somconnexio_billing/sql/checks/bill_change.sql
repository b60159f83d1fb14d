-- Control: no bill is far from the usual.
-- Grain:   one row per run account whose bill left the range of the last three
-- Reads:   telecom_bill_run_account, telecom_billing_account
-- Params:  run_id, period_start, kind, change_factor (0: never), change_amount
-- Rule:    both so many times above or below the average of the monthly bills of the
--          three months before, taxes excluded, and by that amount at least; without a
--          bill in these months there is no usual. Off-cycle runs are not compared.
with

current_bill as (
    select
        account.id,
        account.billing_account_id,
        coalesce(account.amount_untaxed, 0) as amount
    from telecom_bill_run_account as account
    where
        account.run_id = %(run_id)s
        and account.kind = 'cycle'
        and account.move_id is null
        and %(change_factor)s::numeric > 0
),

usual as (
    select
        current_bill.id,
        avg(earlier.amount_untaxed) as amount
    from current_bill
    inner join telecom_bill_run_account as earlier
        on current_bill.billing_account_id = earlier.billing_account_id
    where
        earlier.kind = 'cycle'
        and earlier.move_id is not null
        and earlier.state <> 'cancelled'
        and earlier.period_start < %(period_start)s
        and earlier.period_start >= (%(period_start)s::date - interval '3 months')
    group by current_bill.id
)

select
    current_bill.billing_account_id,
    current_bill.id as res_id,
    concat(
        payer.code, ': ', current_bill.amount, ' / ', round(usual.amount, 2)
    ) as detail
from current_bill
inner join usual
    on current_bill.id = usual.id
inner join telecom_billing_account as payer
    on current_bill.billing_account_id = payer.id
where
    abs(current_bill.amount - usual.amount) >= %(change_amount)s::numeric
    and (
        current_bill.amount > %(change_factor)s::numeric * usual.amount
        or current_bill.amount * %(change_factor)s::numeric < usual.amount
    )
order by abs(current_bill.amount - usual.amount) desc, payer.code

-- Control: the charged usage of an account is the sum of its usage lines.
-- Grain:   one row per run account whose usage lines differ from its rated usage
-- Reads:   telecom_bill_run_account, telecom_bill_run_line, telecom_rated_usage
-- Params:  run_id, digits
-- Rule:    each line is rounded once to the currency: half a unit per line at most. The
--          number of events must agree exactly.
with

rated as (
    select
        usage.billing_account_id,
        count(*) as event_count,
        sum(usage.amount) as amount
    from telecom_rated_usage as usage
    where usage.bill_run_id = %(run_id)s
    group by usage.billing_account_id
),

billed as (
    select
        line.billing_account_id,
        sum(line.event_count) as event_count,
        sum(line.amount_untaxed) as amount,
        count(*) as line_count
    from telecom_bill_run_line as line
    where
        line.run_id = %(run_id)s
        and line.kind = 'usage'
    group by line.billing_account_id
)

select
    account.billing_account_id,
    account.id as res_id,
    concat(
        payer.code,
        ': ',
        coalesce(rated.amount, 0),
        ' <> ',
        coalesce(billed.amount, 0)
    ) as detail
from telecom_bill_run_account as account
inner join telecom_billing_account as payer
    on account.billing_account_id = payer.id
left join rated
    on account.billing_account_id = rated.billing_account_id
left join billed
    on account.billing_account_id = billed.billing_account_id
where
    account.run_id = %(run_id)s
    and account.state <> 'cancelled'
    and (
        coalesce(rated.event_count, 0) <> coalesce(billed.event_count, 0)
        or abs(coalesce(rated.amount, 0) - coalesce(billed.amount, 0))
        > coalesce(billed.line_count, 0) * 0.5 * power(10::numeric, -%(digits)s)
    )
order by payer.code

-- Control: no day or charge of the month before is left without a bill.
-- Grain:   one row per contract line with days or a charge of the month before unbilled
-- Reads:   telecom_bill_run, contract_contract, contract_line, telecom_bill_run_line
-- Params:  run_id, company_id, period_start
-- Rule:    only where a monthly run has billed that month, so that the first run of a
--          company finds nothing. Filtered, as least and greatest pass over nulls: a
--          line without any bill would count as billed.
with

month_before as (
    select
        run.period_start,
        run.period_end
    from telecom_bill_run as run
    where
        run.company_id = %(company_id)s
        and run.id <> %(run_id)s
        and run.kind = 'cycle'
        and run.period_end = %(period_start)s
        and run.state in ('posted', 'delivered')
),

line_in_force as (
    select
        line.id,
        line.name,
        line.telecom_line_kind,
        subscription.code,
        subscription.telecom_billing_account_id as billing_account_id,
        month_before.period_start,
        month_before.period_end,
        least(
            coalesce(line.date_end + 1, month_before.period_end),
            month_before.period_end
        )
        - greatest(line.date_start, month_before.period_start) as day_count
    from month_before
    inner join contract_line as line
        on
            line.date_start < month_before.period_end
            and (line.date_end is null or line.date_end >= month_before.period_start)
    inner join contract_contract as subscription
        on line.contract_id = subscription.id
    where
        line.telecom_line_kind is not null
        and coalesce(line.telecom_discount_type, 'once') = 'once'
        and line.is_canceled is not true
        and subscription.company_id = %(company_id)s
        and subscription.telecom_billing_account_id is not null
        and subscription.telecom_state <> 'pending'
        and (
            line.telecom_line_kind in ('tariff', 'addon')
            or line.date_start >= month_before.period_start
        )
),

billed as (
    select
        line.id,
        coalesce(
            sum(
                case when bill_line.kind = 'fee_credit' then -1 else 1 end
                * (
                    least(bill_line.period_to, line.period_end)
                    - greatest(bill_line.period_from, line.period_start)
                )
            ) filter (where bill_line.id is not null),
            0
        ) as day_count
    from line_in_force as line
    left join telecom_bill_run_line as bill_line
        on
            line.id = bill_line.contract_line_id
            and bill_line.is_void is not true
            and bill_line.period_from < line.period_end
            and bill_line.period_to > line.period_start
    group by line.id
)

select
    line.billing_account_id,
    line.id as res_id,
    concat(
        line.code, ' ', line.name, ': ', billed.day_count, ' / ', line.day_count
    ) as detail
from line_in_force as line
inner join billed
    on line.id = billed.id
where
    case
        when line.telecom_line_kind in ('tariff', 'addon')
            then billed.day_count < line.day_count
        else billed.day_count = 0
    end
order by line.id

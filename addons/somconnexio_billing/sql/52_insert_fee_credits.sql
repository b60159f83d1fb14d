-- Step 52: give back days that were billed in advance and are not owed after all.
-- Grain:      one row per billed fee x stretch of its days, from the first day of the
--             period on, that its contract line does not cover any more
-- Reads:      telecom_bill_run_account (open ones), contract_line,
--             telecom_bill_run_line (days billed before)
-- Writes:     telecom_bill_run_line
-- Params:     run_id, company_id, period_start, digits
-- Idempotent: 51 deletes first; the table's exclusion constraint refuses a day twice.
-- Rule:       the fee is worth what its remaining days cost by its own rule; the
--             difference to what was billed is given back.
with

open_account as (
    select
        account.id,
        account.billing_account_id
    from telecom_bill_run_account as account
    where
        account.run_id = %(run_id)s
        and account.move_id is null
),

billed_fee as (
    select
        fee.*,
        account.id as open_account_id,
        coalesce(template.telecom_fee_proration, 'days_of_month') as proration,
        case
            when line.is_canceled is true or line.date_end < line.date_start
                then '{}'::datemultirange
            else datemultirange(daterange(line.date_start, line.date_end, '[]'))
        end as owed_days
    from telecom_bill_run_line as fee
    inner join open_account as account
        on fee.billing_account_id = account.billing_account_id
    inner join contract_line as line
        on fee.contract_line_id = line.id
    left join product_product as product
        on fee.product_id = product.id
    left join product_template as template
        on product.product_tmpl_id = template.id
    where
        fee.kind = 'fee'
        and fee.is_void is not true
        and fee.run_account_id <> account.id
        and fee.company_id = %(company_id)s
        and fee.period_to > %(period_start)s
),

credited_days as (
    select
        credit.contract_line_id,
        coalesce(credit.generation, 0) as generation,
        range_agg(daterange(credit.period_from, credit.period_to)) as days
    from telecom_bill_run_line as credit
    where
        credit.kind = 'fee_credit'
        and credit.is_void is not true
        and credit.company_id = %(company_id)s
        and credit.period_to > %(period_start)s
    group by credit.contract_line_id, coalesce(credit.generation, 0)
),

surplus as (
    select
        fee.*,
        unnest(
            datemultirange(
                daterange(fee.period_from, fee.period_to)
                * daterange(%(period_start)s::date, null)
            )
            - fee.owed_days
            - coalesce(credited_days.days, '{}')
        ) as stretch
    from billed_fee as fee
    left join credited_days
        on
            fee.contract_line_id = credited_days.contract_line_id
            and coalesce(fee.generation, 0) = credited_days.generation
),

credit as (
    select
        surplus.*,
        upper(surplus.stretch) - lower(surplus.stretch) as credit_days,
        surplus.day_count - (upper(surplus.stretch) - lower(surplus.stretch))
            as kept_days
    from surplus
)

insert into telecom_bill_run_line (
    run_id,
    run_account_id,
    company_id,
    billing_account_id,
    subscription_id,
    kind,
    sequence,
    name,
    product_id,
    contract_line_id,
    period_from,
    period_to,
    generation,
    day_count,
    month_days,
    is_pro_rata,
    quantity,
    price_unit,
    amount_untaxed
)
select
    %(run_id)s,
    credit.open_account_id,
    credit.company_id,
    credit.billing_account_id,
    credit.subscription_id,
    'fee_credit',
    25,
    regexp_replace(credit.name, ' \(\d\d/\d\d – \d\d/\d\d\)$', '')
    || ' (' || to_char(lower(credit.stretch), 'DD/MM')
    || ' – ' || to_char(upper(credit.stretch) - 1, 'DD/MM') || ')',
    credit.product_id,
    credit.contract_line_id,
    lower(credit.stretch),
    upper(credit.stretch),
    coalesce(credit.generation, 0),
    credit.credit_days,
    credit.month_days,
    true,
    credit.quantity,
    credit.price_unit,
    case
        when credit.kept_days = 0 then 0
        when credit.proration = 'full_month' then credit.amount_untaxed
        else
            round(
                telecom_prorate(
                    credit.price_unit * credit.quantity,
                    credit.kept_days,
                    credit.month_days,
                    credit.proration
                ),
                %(digits)s::integer
            )
    end - credit.amount_untaxed
from credit
order by credit.open_account_id, credit.subscription_id, credit.contract_line_id

-- Step debit/33: debits that would be too soon after they are told of, moved on.
-- Grain:      one row per debit of a run that comes too soon
-- Reads:      account_banking_mandate
-- Writes:     account_payment_line
-- Params:     run_id, today, notice_days, civil_days, business_days
-- Idempotent: yes, on one day.
with

calendar as (
    select
        civil_day,
        business_day
    from unnest(%(civil_days)s::date[], %(business_days)s::date[])
            as settled (civil_day, business_day)
),

earliest as (
    select
        line.id,
        calendar.business_day
    from account_payment_line as line
    inner join account_banking_mandate as mandate
        on line.mandate_id = mandate.id
    inner join calendar
        on
            calendar.civil_day = %(today)s::date + greatest(
                coalesce(
                    nullif(mandate.prenotice_days, 0), %(notice_days)s::integer
                ),
                1
            )
    where line.debit_run_id = %(run_id)s
)

update account_payment_line as line
set date = earliest.business_day
from earliest
where
    earliest.id = line.id
    and line.date < earliest.business_day

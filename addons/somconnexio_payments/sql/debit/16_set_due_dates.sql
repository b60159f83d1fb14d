-- Step debit/16: the day of each debit: wanted, told of in time, and a day on which
-- banks settle.
-- Grain:      one row per candidate
-- Reads:      account_banking_mandate
-- Writes:     debit_candidate (temporary)
-- Params:     today, fixed_date (or none), notice_days, civil_days, business_days
--             (parallel lists: on which day banks settle what is due on a civil day)
-- Idempotent: yes.
with

calendar as (
    select
        civil_day,
        business_day
    from unnest(%(civil_days)s::date[], %(business_days)s::date[])
            as settled (civil_day, business_day)
),

wanted as (
    select
        candidate.id,
        greatest(
            coalesce(%(fixed_date)s::date, candidate.wanted_date),
            %(today)s::date + greatest(
                coalesce(
                    nullif(mandate.prenotice_days, 0), %(notice_days)s::integer
                ),
                1
            )
        ) as day
    from debit_candidate as candidate
    left join account_banking_mandate as mandate
        on candidate.mandate_id = mandate.id
)

update debit_candidate as candidate
set due_date = calendar.business_day
from wanted
inner join calendar
    on wanted.day = calendar.civil_day
where wanted.id = candidate.id

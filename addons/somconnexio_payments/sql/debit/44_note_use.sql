-- Step debit/44: mandates that were used by a run, and those that are used up by it.
-- Grain:      one row per mandate of the run
-- Reads:      account_payment_line
-- Writes:     account_banking_mandate
-- Params:     run_id
-- Idempotent: yes.
with

used as (
    select
        mandate_id,
        max(date) as due_date,
        bool_or(sequence_type in ('OOFF', 'FNAL')) as is_last
    from account_payment_line
    where debit_run_id = %(run_id)s
    group by mandate_id
)

update account_banking_mandate as mandate
set
    last_debit_date = greatest(mandate.last_debit_date, used.due_date),
    lapse_date = (
        greatest(mandate.last_debit_date, used.due_date) + interval '36 months'
    )::date,
    lapse_warned_date = null,
    state = case
        when used.is_last and mandate.state in ('valid', 'final') then 'expired'
        else mandate.state
    end
from used
where used.mandate_id = mandate.id

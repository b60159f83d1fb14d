-- Step debit/61: mandates were not used by a run that the bank refused.
-- Grain:      one row per mandate of the run
-- Reads:      account_payment_line, telecom_debit_run
-- Writes:     account_banking_mandate
-- Params:     run_id
-- Idempotent: yes.
with

used as (
    select
        mine.mandate_id,
        bool_or(mine.sequence_type in ('OOFF', 'FNAL')) as is_last,
        bool_or(mine.sequence_type = 'FNAL') as is_final,
        max(mine.date) as due_date,
        max(mine.earlier_debit_date) as earlier_date
    from account_payment_line as mine
    where mine.debit_run_id = %(run_id)s
    group by mine.mandate_id
)

update account_banking_mandate as mandate
set
    last_debit_date = used.earlier_date,
    lapse_date = (
        coalesce(used.earlier_date, mandate.signature_date) + interval '36 months'
    )::date,
    state = case
        when mandate.state = 'expired' and used.is_final then 'final'
        when mandate.state = 'expired' and used.is_last then 'valid'
        else mandate.state
    end
from used
where
    used.mandate_id = mandate.id
    and mandate.last_debit_date = used.due_date

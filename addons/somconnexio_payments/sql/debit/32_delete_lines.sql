-- Step debit/32: delete debits of a run, giving their wishes back.
-- Grain:      one row per debit named
-- Writes:     account_payment_line, telecom_debit_wish
-- Params:     line_ids
-- Idempotent: yes.
with

given_back as (
    update telecom_debit_wish
    set
        state = 'waiting',
        payment_line_id = null
    where
        payment_line_id = any(%(line_ids)s::integer[])
        and state = 'taken'
)

delete from account_payment_line
where id = any(%(line_ids)s::integer[])

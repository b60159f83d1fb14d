-- Step debit/22: forget what an earlier proposal could not debit.
-- Grain:      one row per bill left out by the machine
-- Writes:     telecom_debit_left_out
-- Params:     run_id
-- Idempotent: yes.
delete from telecom_debit_left_out
where
    run_id = %(run_id)s
    and reason <> 'by_hand'

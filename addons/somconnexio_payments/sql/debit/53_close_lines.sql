-- Step debit/53: the debits of a slice are booked; their bills may be debited again,
-- should the money come back.
-- Grain:      one row per debit of the slice
-- Writes:     account_payment_line
-- Params:     slice_id, booked_date
-- Idempotent: yes.
update account_payment_line
set
    is_debit_open = false,
    debit_booked_date = %(booked_date)s
where
    debit_slice_id = %(slice_id)s
    and is_debit_open is true

-- Step 35: what no rule has taken waits for a person, with the reason.
-- Grain:      one row per transaction.
-- Reads:      -
-- Writes:     telecom_bank_transaction
-- Params:     transaction_ids.
-- Idempotent: takes waiting transactions only.
update telecom_bank_transaction
set
    state = 'exception',
    reason = case
        when is_charge is true then 'charge'
        when is_return is true then 'return_waits'
        when amount < 0 then 'outgoing'
        else 'no_candidate'
    end
where id = any(%(transaction_ids)s) and state = 'waiting'

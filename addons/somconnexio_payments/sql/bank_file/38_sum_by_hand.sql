-- Step 38: what waits for a person counts as work by hand.
-- Grain:      one row per transaction.
-- Reads:      -
-- Writes:     telecom_bank_transaction
-- Params:     transaction_ids
-- Idempotent: yes.
update telecom_bank_transaction
set by_hand_share = case when state in ('exception', 'by_hand') then 1 else 0 end
where id = any(%(transaction_ids)s)

-- Step 37: what no rule has taken waits for a person, with the reason; and all that
--          waits tells who has paid it, where only one person can have.
-- Grain:      one row per transaction.
-- Reads:      bank_payer
-- Writes:     telecom_bank_transaction
-- Params:     transaction_ids.
-- Idempotent: takes transactions that no rule has allocated.
update telecom_bank_transaction as part
set
    state = 'exception',
    reason = case
        when part.reason is not null then part.reason
        when part.is_charge is true then 'charge'
        when part.is_return is true then 'return_waits'
        when part.amount < 0 then 'outgoing'
        else 'no_candidate'
    end,
    partner_id = (
        select min(payer.partner_id)
        from bank_payer as payer
        where payer.transaction_id = part.id
        having count(*) = 1
    )
where
    part.id = any(%(transaction_ids)s)
    and part.state in ('waiting', 'exception')

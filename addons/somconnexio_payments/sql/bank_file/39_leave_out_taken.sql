-- Step 39, after each rule: what it has taken is no other rule's any more.
-- Grain:      one row per transaction that does not wait any more.
-- Reads:      telecom_bank_transaction
-- Writes:     temporary bank_part
-- Idempotent: yes.
delete from bank_part as part
using telecom_bank_transaction as taken
where part.id = taken.id and taken.state <> 'waiting'

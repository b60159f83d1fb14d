-- Step mandate/11: mandates in force name the creditor as it is now.
-- Grain:      one row per mandate in force of the company
-- Reads:      account_banking_mandate
-- Writes:     account_banking_mandate
-- Params:     company_id, creditor_identifier, creditor_name
-- Idempotent: writes what differs.
update account_banking_mandate
set
    creditor_identifier = %(creditor_identifier)s,
    creditor_name = %(creditor_name)s
where
    company_id = %(company_id)s
    and state in ('draft', 'valid', 'final')
    and creditor_identifier is distinct from %(creditor_identifier)s

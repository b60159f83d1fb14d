-- Step 33: allocate to the only open bill of exactly this amount of who has this IBAN.
-- Grain:      one row per transaction.
-- Reads:      telecom_bank_transaction, res_partner_bank, res_partner, account_move,
--             account_move_line.
-- Writes:     telecom_bank_transaction, telecom_bank_transaction_line_rel
-- Params:     transaction_ids, company_id.
-- Rule:       the IBAN must belong to one person, and one open bill have the amount.
-- Idempotent: takes waiting transactions only.
with payers as (
    select
        part.id as transaction_id,
        part.amount,
        min(partner.commercial_partner_id) as partner_id,
        count(distinct partner.commercial_partner_id) as partner_count
    from telecom_bank_transaction as part
    inner join res_partner_bank as bank
        on
            part.party_iban = bank.sanitized_acc_number
            and (bank.company_id is null or bank.company_id = part.company_id)
    inner join res_partner as partner on bank.partner_id = partner.id
    where
        part.id = any(%(transaction_ids)s)
        and part.state = 'waiting'
        and part.amount > 0
    group by part.id
),

owed as (
    select
        payers.transaction_id,
        line.id as line_id,
        line.account_id,
        line.partner_id,
        line.amount_residual = payers.amount as is_exact
    from payers
    inner join account_move as move
        on
            payers.partner_id = move.commercial_partner_id
            and move.company_id = %(company_id)s
    inner join account_move_line as line on move.id = line.move_id
    inner join account_account as account on line.account_id = account.id
    where
        payers.partner_count = 1
        and move.state = 'posted'
        and move.move_type = 'out_invoice'
        and account.account_type = 'asset_receivable'
        and line.reconciled is not true
        and line.amount_residual > 0
),

summed as (
    select
        owed.transaction_id,
        count(*) filter (where owed.is_exact) as exact_count,
        min(owed.line_id) filter (where owed.is_exact) as line_id
    from owed
    group by owed.transaction_id
),

linked as (
    insert into telecom_bank_transaction_line_rel (transaction_id, line_id)
    select
        summed.transaction_id,
        summed.line_id
    from summed
    where summed.exact_count = 1
    on conflict do nothing
)

update telecom_bank_transaction as part
set
    state = case when summed.exact_count = 1 then 'matched' else 'exception' end,
    rule = case when summed.exact_count = 1 then 'iban_amount' end,
    reason = case
        when summed.exact_count = 1 then null
        when summed.exact_count = 0 then 'amount_differs'
        else 'ambiguous'
    end,
    account_id = line.account_id,
    partner_id = line.partner_id
from summed
left join account_move_line as line
    on summed.line_id = line.id and summed.exact_count = 1
where part.id = summed.transaction_id and part.state = 'waiting'

-- Step 35: allocate to the only open bill of exactly this amount of who has this IBAN.
-- Grain:      one row per transaction.
-- Reads:      bank_part, bank_payer, account_move, account_move_line,
--             account_payment_line.
-- Writes:     telecom_bank_transaction, telecom_bank_transaction_line_rel
-- Params:     company_id.
-- Rule:       the IBAN's persons (step 25) must have one open bill of the amount. One
--             that a debit is about to collect is none: who pays by debit transfers
--             for something else.
-- Idempotent: takes waiting transactions only.
with owed as (
    select
        payer.transaction_id,
        line.id as line_id,
        line.amount_residual = part.amount
        and not exists (
            select from account_payment_line as debit
            where debit.debit_move_id = move.id and debit.is_debit_open is true
        ) as is_exact
    from bank_part as part
    inner join bank_payer as payer on part.id = payer.transaction_id
    inner join account_move as move
        on
            payer.partner_id = move.commercial_partner_id
            and move.company_id = %(company_id)s
    inner join account_move_line as line on move.id = line.move_id
    inner join account_account as account on line.account_id = account.id
    where
        payer.is_by_iban
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
    partner_id = line.partner_id,
    billing_account_id = move.telecom_billing_account_id
from summed
left join account_move_line as line
    on summed.line_id = line.id and summed.exact_count = 1
left join account_move as move on line.move_id = move.id
where part.id = summed.transaction_id

-- Step matching/12: the pairs that core would match in one partial and close for good.
-- Grain:      one row per pair
-- Reads:      account_move_line, account_move, account_account, res_company,
--             account_move__account_payment, ids of the two sequences
-- Writes:     match_pair (temporary)
-- Params:     debit_ids, credit_ids (parallel lists; no id twice)
-- Rule:       an untouched bill with one open item, an untouched item of an entry that
--             is no payment of Odoo, one amount, the company's currency and no taxes
--             that wait for the money. All else is core's business.
-- Idempotent: on an empty table.
insert into match_pair (
    debit_id,
    credit_id,
    bill_id,
    company_id,
    currency_id,
    amount,
    max_date,
    partial_id,
    full_id
)
select
    debit.id as debit_id,
    credit.id as credit_id,
    bill.id as bill_id,
    debit.company_id,
    debit.currency_id,
    debit.amount_residual,
    greatest(debit.date, credit.date),
    nextval('account_partial_reconcile_id_seq'),
    nextval('account_full_reconcile_id_seq')
from unnest(%(debit_ids)s::integer[], %(credit_ids)s::integer[])
        as given (debit_id, credit_id)
inner join account_move_line as debit
    on given.debit_id = debit.id
inner join account_move_line as credit
    on given.credit_id = credit.id
inner join account_move as bill
    on debit.move_id = bill.id
inner join account_move as entry
    on credit.move_id = entry.id
inner join account_account as account
    on debit.account_id = account.id
inner join res_company as company
    on debit.company_id = company.id
where
    credit.account_id = debit.account_id
    and credit.company_id = debit.company_id
    and account.reconcile is true
    and debit.currency_id = company.currency_id
    and credit.currency_id = company.currency_id
    and debit.amount_residual > 0
    and debit.amount_residual = debit.balance
    and debit.amount_residual_currency = debit.balance
    and credit.amount_residual = -debit.balance
    and credit.amount_residual_currency = -debit.balance
    and credit.balance = -debit.balance
    and debit.matching_number is null
    and credit.matching_number is null
    and bill.state = 'posted'
    and bill.move_type = 'out_invoice'
    and bill.payment_state = 'not_paid'
    and bill.amount_residual = debit.balance
    and entry.state = 'posted'
    and entry.move_type = 'entry'
    and entry.origin_payment_id is null
    and company.tax_exigibility is not true
    and not exists (
        select 1
        from account_move__account_payment as paid
        where paid.invoice_id = bill.id
    )

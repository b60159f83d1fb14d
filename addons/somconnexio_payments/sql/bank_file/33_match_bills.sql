-- Step 31: allocate to the bills that a payer names.
-- Grain:      one row per transaction and open line of a bill that it names.
-- Reads:      telecom_bank_transaction, bank_word, account_move, account_move_line.
-- Writes:     telecom_bank_transaction, telecom_bank_transaction_line_rel
-- Params:     company_id.
-- Rule:       one open bill is paid, wholly or in part, and what is more is credit on
--             account; several are paid when their sum is the amount. A bill that is
--             paid already, or of another company, is for a person to look at.
-- Idempotent: takes waiting transactions only.
with bills as materialized (
    select
        move.id,
        move.company_id,
        move.partner_id,
        upper(regexp_replace(name.name, '[^A-Za-z0-9]', '', 'g')) as word
    from account_move as move
    cross join
        lateral (
            values (move.name), (move.payment_reference)
        ) as name (name)
    where
        move.move_type = 'out_invoice'
        and move.state = 'posted'
        and length(name.name) >= 4
),

named as materialized (
    select distinct
        part.id as transaction_id,
        part.amount,
        part.company_id,
        bills.id as bill_id,
        bills.company_id as bill_company_id
    from telecom_bank_transaction as part
    inner join bank_word on part.id = bank_word.transaction_id
    inner join bills on bank_word.word = bills.word
    where
        part.state = 'waiting'
        and part.amount > 0
        and bank_word.kind in ('text', 'end_to_end')
),

owed as (
    select
        named.transaction_id,
        named.amount,
        named.bill_id,
        line.id as line_id,
        line.account_id,
        line.partner_id,
        line.amount_residual
    from named
    inner join account_move_line as line on named.bill_id = line.move_id
    inner join account_account as account on line.account_id = account.id
    where
        named.bill_company_id = named.company_id
        and account.account_type = 'asset_receivable'
        and line.reconciled is not true
        and line.amount_residual > 0
),

summed as (
    select
        owed.transaction_id,
        count(distinct owed.bill_id) as bill_count,
        sum(owed.amount_residual) as residual,
        min(owed.amount) as amount,
        min(owed.account_id) as account_id,
        min(owed.partner_id) as partner_id,
        count(distinct concat_ws('/', owed.account_id, owed.partner_id)) as owner_count
    from owed
    group by owed.transaction_id
),

fitting as (
    select summed.*
    from summed
    where
        summed.owner_count = 1
        and (summed.bill_count = 1 or summed.residual = summed.amount)
),

linked as (
    insert into telecom_bank_transaction_line_rel (transaction_id, line_id)
    select
        owed.transaction_id,
        owed.line_id
    from owed
    inner join fitting on owed.transaction_id = fitting.transaction_id
    on conflict do nothing
),

settled as (
    update telecom_bank_transaction as part
    set
        state = 'matched',
        rule = 'bill',
        reason = null,
        account_id = fitting.account_id,
        partner_id = fitting.partner_id
    from fitting
    where part.id = fitting.transaction_id
    returning part.id
)

update telecom_bank_transaction as part
set
    state = 'exception',
    reason = case
        when summed.transaction_id is not null then 'ambiguous'
        when own.is_ours then 'closed'
        else 'foreign'
    end
from (
    select
        named.transaction_id,
        bool_or(named.bill_company_id = named.company_id) as is_ours
    from named
    group by named.transaction_id
) as own
left join summed on own.transaction_id = summed.transaction_id
where
    part.id = own.transaction_id
    and part.state = 'waiting'
    and part.id not in (select settled.id from settled)

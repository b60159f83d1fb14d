-- Step 32: allocate what we expect at the bank: debits, payments of bank apps, returns
--          and transfers of ours, by the reference that we gave them.
-- Grain:      one row per transaction and open line that its reference names.
-- Reads:      bank_part, bank_word, account_move_line, account_move,
--             account_payment.
-- Writes:     telecom_bank_transaction, telecom_bank_transaction_line_rel
-- Params:     company_id, account_ids: of money on its way to or from the bank.
-- Rule:       the reference of one transaction counts before that of a batch, and both
--             before words of the text. The lines must add up to the amount exactly; of
--             a text they must, too, or it is taken for no reference.
-- Idempotent: takes waiting transactions only.
with named as (
    select
        line.id,
        line.account_id,
        line.partner_id,
        line.amount_residual,
        line.payment_id,
        upper(regexp_replace(name.name, '[^A-Za-z0-9]', '', 'g')) as word
    from account_move_line as line
    inner join account_move as move on line.move_id = move.id
    left join account_payment as payment on line.payment_id = payment.id
    cross join
        lateral (
            values
            (line.name),
            (move.ref),
            (payment.payment_reference),
            (payment.memo),
            (payment.receipt_key)
        ) as name (name)
    where
        line.company_id = %(company_id)s
        and line.account_id = any(%(account_ids)s)
        and line.parent_state = 'posted'
        and line.reconciled is not true
        and line.amount_residual <> 0
        and name.name <> ''
),

expected as materialized (
    select distinct * from named
),

found as materialized (
    select distinct
        part.id as transaction_id,
        part.amount,
        bank_word.kind,
        expected.id as line_id,
        expected.account_id,
        expected.partner_id,
        expected.amount_residual,
        expected.payment_id
    from bank_part as part
    inner join bank_word on part.id = bank_word.transaction_id
    inner join expected on bank_word.word = expected.word
    where bank_word.kind <> 'text' or length(bank_word.word) >= 6
),

summed as (
    select
        found.transaction_id,
        found.kind,
        min(found.amount) as amount,
        sum(found.amount_residual) as residual,
        min(found.account_id) as account_id,
        count(distinct found.account_id) as account_count,
        min(found.partner_id) as partner_id,
        count(distinct found.partner_id) as partner_count,
        bool_and(found.payment_id is not null) as is_payment,
        case found.kind
            when 'end_to_end' then 1 when 'batch' then 2 when 'message' then 3 else 4
        end as place
    from found
    group by found.transaction_id, found.kind
),

fitting as (
    select
        summed.*,
        row_number() over (
            partition by summed.transaction_id order by summed.place
        ) as turn
    from summed
    where summed.residual = summed.amount and summed.account_count = 1
),

-- A line is settled once, by the transaction that comes first.
claims as (
    select
        found.line_id,
        fitting.transaction_id,
        row_number() over (
            partition by found.line_id order by fitting.transaction_id
        ) as turn
    from fitting
    inner join found
        on
            fitting.transaction_id = found.transaction_id
            and fitting.kind = found.kind
    where fitting.turn = 1
),

losers as (
    select distinct claims.transaction_id from claims
    where claims.turn > 1
),

linked as (
    insert into telecom_bank_transaction_line_rel (transaction_id, line_id)
    select
        claims.transaction_id,
        claims.line_id
    from claims
    where claims.transaction_id not in (select losers.transaction_id from losers)
    on conflict do nothing
),

settled as (
    update telecom_bank_transaction as part
    set
        state = 'matched',
        rule = case
            when fitting.is_payment then 'gateway'
            when fitting.kind in ('batch', 'message') then 'batch'
            else 'end_to_end'
        end,
        reason = null,
        account_id = fitting.account_id,
        partner_id = case when fitting.partner_count = 1 then fitting.partner_id end
    from fitting
    where
        part.id = fitting.transaction_id
        and fitting.turn = 1
        and part.id not in (select losers.transaction_id from losers)
    returning part.id
)

update telecom_bank_transaction as part
set
    state = 'exception',
    reason = case
        when part.id in (select losers.transaction_id from losers) then 'closed'
        else 'amount_differs'
    end
from (
    select distinct summed.transaction_id from summed
    where summed.place < 4
) as own
where
    part.id = own.transaction_id
    and part.id not in (select settled.id from settled)

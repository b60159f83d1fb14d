-- Step 33: allocate to the bills that a payer names.
-- Grain:      one row per transaction and open line of a bill that it names.
-- Reads:      bank_part, bank_word, bank_payer, account_move,
--             account_move_line, res_partner.
-- Writes:     telecom_bank_transaction, telecom_bank_transaction_line_rel
-- Params:     company_id.
-- Rule:       one open bill is paid, wholly or in part, and what is more is credit on
--             account; several are paid when their sum is the amount. A number without
--             its letters (2026/00017) counts for exactly the amount only. It waits
--             when somebody else seems to have paid an own bill of this amount (a
--             mistyped number), or another amount comes from somebody of another name.
--             A bill that is paid already, or of another company, is for a person to
--             look at, unless it was paid twice from the payer's own IBAN: then
--             step 34 takes it as money of the bill's account.
-- Idempotent: takes waiting transactions only.
with bills as materialized (
    select
        move.id,
        move.company_id,
        move.commercial_partner_id as partner_id,
        move.telecom_billing_account_id as billing_account_id,
        name.word,
        name.is_loose
    from account_move as move
    cross join
        lateral (
            values
            (upper(regexp_replace(move.name, '[^A-Za-z0-9]', '', 'g')), false),
            (
                upper(regexp_replace(move.payment_reference, '[^A-Za-z0-9]', '', 'g')),
                false
            ),
            -- As references.numbers writes it: INV/2026/00017 is INV/2026/17.
            (
                case
                    when move.payment_state in ('not_paid', 'partial')
                        then
                            btrim(
                                regexp_replace(
                                    regexp_replace(
                                        regexp_replace(
                                            upper(move.name), '[^A-Z0-9]+', '/', 'g'
                                        ),
                                        '([A-Z])([0-9])', '\1/\2', 'g'
                                    ),
                                    '(^|/)0+([0-9])', '\1\2', 'g'
                                ),
                                '/'
                            )
                end,
                false
            ),
            (
                case
                    when
                        move.payment_state in ('not_paid', 'partial')
                        and move.name ~ '^[A-Za-z]+[^A-Za-z]{9,}$'
                        then regexp_replace(move.name, '[^0-9]', '', 'g')
                end,
                true
            )
        ) as name (word, is_loose)
    where
        move.move_type = 'out_invoice'
        and move.state = 'posted'
        and length(name.word) >= case when name.is_loose then 9 else 4 end
),

named as materialized (
    select
        part.id as transaction_id,
        part.amount,
        part.company_id,
        part.party_name,
        bills.id as bill_id,
        bills.company_id as bill_company_id,
        bills.partner_id,
        bills.billing_account_id,
        bool_and(bills.is_loose) as is_loose
    from bank_part as part
    inner join bank_word on part.id = bank_word.transaction_id
    inner join bills on bank_word.word = bills.word
    where
        part.amount > 0
        and bank_word.kind in ('text', 'end_to_end')
    group by
        part.id,
        part.amount,
        part.company_id,
        part.party_name,
        bills.id,
        bills.company_id,
        bills.partner_id,
        bills.billing_account_id
),

owed as (
    select
        named.transaction_id,
        named.amount,
        named.bill_id,
        named.partner_id as commercial_partner_id,
        named.billing_account_id,
        named.party_name,
        named.is_loose,
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
        min(owed.commercial_partner_id) as commercial_partner_id,
        min(owed.party_name) as party_name,
        min(owed.billing_account_id) as billing_account_id,
        count(distinct coalesce(owed.billing_account_id, 0)) as billing_account_count,
        count(distinct concat_ws('/', owed.account_id, owed.partner_id)) as owner_count,
        bool_and(owed.is_loose) as is_loose,
        array_agg(owed.line_id) as line_ids
    from owed
    group by owed.transaction_id
),

namesakes as (
    select distinct summed.transaction_id
    from summed
    inner join bank_word
        on
            summed.transaction_id = bank_word.transaction_id
            and bank_word.kind = 'name'
    inner join res_partner as partner
        on partner.id in (summed.commercial_partner_id, summed.partner_id)
    where
        summed.residual <> summed.amount
        and translate(
            upper(partner.name), 'ÁÀÄÂÉÈËÊÍÌÏÎÓÒÖÔÚÙÜÛÇÑ', 'AAAAEEEEIIIIOOOOUUUUCN'
        ) like '%%' || bank_word.word || '%%'
),

judged as (
    select
        summed.*,
        summed.residual = summed.amount as is_exact,
        summed.party_name is null
        or namesakes.transaction_id is not null
        or coalesce(
            summed.commercial_partner_id = any(payers.iban_partner_ids), false
        ) as is_own_money,
        coalesce(
            payers.owes_exactly
            and summed.commercial_partner_id <> all(payers.partner_ids),
            false
        ) as is_another_payer
    from summed
    cross join
        lateral (
            select
                array_agg(payer.partner_id) as partner_ids,
                array_agg(payer.partner_id) filter (
                    where payer.is_by_iban
                ) as iban_partner_ids,
                bool_or(payer.owes_exactly) as owes_exactly
            from bank_payer as payer
            where payer.transaction_id = summed.transaction_id
        ) as payers
    left join namesakes on summed.transaction_id = namesakes.transaction_id
),

fitting as (
    select judged.*
    from judged
    where
        judged.owner_count = 1
        and (judged.bill_count = 1 or judged.is_exact)
        and (judged.is_exact or (judged.is_own_money and not judged.is_loose))
        and not judged.is_another_payer
),

linked as (
    insert into telecom_bank_transaction_line_rel (transaction_id, line_id)
    select
        fitting.transaction_id,
        unnest(fitting.line_ids) as line_id
    from fitting
    on conflict do nothing
),

settled as (
    update telecom_bank_transaction as part
    set
        state = 'matched',
        rule = 'bill',
        reason = null,
        account_id = fitting.account_id,
        partner_id = fitting.partner_id,
        billing_account_id = case
            when fitting.billing_account_count = 1 then fitting.billing_account_id
        end
    from fitting
    where part.id = fitting.transaction_id
    returning part.id
),

own as (
    select
        named.transaction_id,
        bool_or(named.bill_company_id = named.company_id) as is_ours,
        bool_and(named.is_loose) as is_loose,
        min(named.billing_account_id) filter (
            where named.partner_id = any(payers.iban_partner_ids)
        ) as billing_account_id,
        count(distinct coalesce(named.billing_account_id, 0)) as billing_account_count
    from named
    cross join
        lateral (
            select
                array_agg(payer.partner_id) filter (
                    where payer.is_by_iban
                ) as iban_partner_ids
            from bank_payer as payer
            where payer.transaction_id = named.transaction_id
        ) as payers
    where named.transaction_id not in (select settled.id from settled)
    group by named.transaction_id
)

update telecom_bank_transaction as part
set
    state = case
        when own.is_paid_twice then 'waiting' else 'exception'
    end,
    billing_account_id = case
        when own.is_paid_twice then own.billing_account_id
    end,
    reason = case
        when own.is_paid_twice then null
        when own.bill_count > 0 and own.is_another_payer then 'other_payer'
        when own.bill_count = 1 and not own.is_another_payer then 'amount_differs'
        when own.bill_count > 0 then 'ambiguous'
        when own.is_ours then 'closed'
        else 'foreign'
    end
from (
    select
        own.transaction_id,
        own.is_ours,
        own.billing_account_id,
        coalesce(judged.bill_count, 0) as bill_count,
        coalesce(judged.is_another_payer, false) as is_another_payer,
        judged.transaction_id is null
        and own.billing_account_id is not null
        and own.billing_account_count = 1 as is_paid_twice
    from own
    left join judged on own.transaction_id = judged.transaction_id
    where not own.is_loose
) as own
where part.id = own.transaction_id

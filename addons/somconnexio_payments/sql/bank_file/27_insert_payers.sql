-- Step 27: who may have sent money: whose IBAN it is, for whom that IBAN has paid
--          before, and who has exactly the payer's name.
-- Grain:      one row per transaction and person (commercial partner).
-- Reads:      bank_part, bank_word, telecom_bank_transaction (earlier ones),
--             res_partner_bank, res_partner, telecom_billing_account, account_move,
--             account_move_line, account_account.
-- Writes:     temporary bank_payer
-- Params:     company_id.
-- Rule:       an IBAN of more than three persons, such as that of a payment service,
--             tells nothing. A name pays nothing: it only contradicts a number that
--             somebody has mistyped.
-- Idempotent: begins with an empty table.
with parts as (
    select
        part.id,
        part.amount,
        part.company_id,
        part.party_iban,
        bank_word.word as party
    from bank_part as part
    left join bank_word
        on part.id = bank_word.transaction_id and bank_word.kind = 'party'
    where part.amount > 0
),

owners as materialized (
    select
        bank.sanitized_acc_number as iban,
        partner.commercial_partner_id as partner_id
    from res_partner_bank as bank
    inner join res_partner as partner on bank.partner_id = partner.id
    where
        (bank.company_id is null or bank.company_id = %(company_id)s)
        and bank.sanitized_acc_number in (select parts.party_iban from parts)
    union distinct
    select
        earlier.party_iban as iban,
        partner.commercial_partner_id as partner_id
    from telecom_bank_transaction as earlier
    inner join res_partner as partner on earlier.partner_id = partner.id
    where
        earlier.company_id = %(company_id)s
        and earlier.party_iban in (select parts.party_iban from parts)
        and earlier.amount > 0
        and (
            earlier.state = 'by_hand'
            or (earlier.state = 'matched' and earlier.rule in ('bill', 'account'))
        )
),

trusted as (
    select owners.iban from owners
    group by owners.iban
    having count(*) <= 3
),

named as materialized (
    select
        billing.commercial_partner_id as partner_id,
        array_to_string(
            array(
                select piece.word
                from
                    regexp_split_to_table(
                        translate(
                            upper(partner.name),
                            'ÁÀÄÂÉÈËÊÍÌÏÎÓÒÖÔÚÙÜÛÇÑ',
                            'AAAAEEEEIIIIOOOOUUUUCN'
                        ),
                        '[^A-Z0-9]+'
                    ) as piece (word)
                where piece.word <> ''
                order by piece.word collate "C"
            ),
            ' '
        ) as party
    from telecom_billing_account as billing
    inner join res_partner as partner on billing.commercial_partner_id = partner.id
    where
        billing.company_id = %(company_id)s
        and (select count(parts.party) from parts) > 0
),

payers as (
    select
        parts.id,
        parts.amount,
        owners.partner_id,
        true as is_by_iban
    from parts
    inner join owners on parts.party_iban = owners.iban
    inner join trusted on owners.iban = trusted.iban
    union distinct
    select
        parts.id,
        parts.amount,
        named.partner_id,
        false as is_by_iban
    from parts
    inner join named on parts.party = named.party
),

owing as materialized (
    select distinct
        move.commercial_partner_id as partner_id,
        line.amount_residual as amount
    from account_move_line as line
    inner join account_move as move on line.move_id = move.id
    inner join account_account as account on line.account_id = account.id
    where
        line.company_id = %(company_id)s
        and account.account_type = 'asset_receivable'
        and line.parent_state = 'posted'
        and line.reconciled is not true
        and line.amount_residual > 0
        and move.move_type = 'out_invoice'
)

insert into bank_payer (transaction_id, partner_id, is_by_iban, owes_exactly)
select
    payers.id,
    payers.partner_id,
    bool_or(payers.is_by_iban) as is_by_iban,
    bool_or(owing.partner_id is not null) as owes_exactly
from payers
left join owing
    on payers.partner_id = owing.partner_id and payers.amount = owing.amount
group by payers.id, payers.partner_id

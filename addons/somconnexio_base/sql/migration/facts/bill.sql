-- Facts of earlier bills: what their records say of the columns that are compared.
-- Grain:      one row per row of the source that was taken. A reference that leads to
--             where the source says is written as the source writes it, even when two
--             of its records were merged here; another one as # and the id here.
-- Reads:      migration_taken, telecom_external_id,
--             telecom_bill_history, telecom_bill_history_tax.
-- Writes:     migration_fact.
-- Params:     base_system (of references).
-- Idempotent: the caller empties migration_fact before.
insert into migration_fact (external_id, facts, amount)
select
    taken.external_id,
    concat_ws(
        '|',
        coalesce(bill.number, ''),
        case
            when payer.res_id = bill.partner_id
                then taken.content ->> 'partner'
            else '#' || coalesce(bill.partner_id::text, '')
        end,
        coalesce(bill.bill_type, ''),
        coalesce(bill.issue_date::text, ''),
        coalesce(trim_scale(bill.amount_untaxed)::text, ''),
        coalesce(trim_scale(bill.amount_tax)::text, ''),
        coalesce(trim_scale(bill.amount_total)::text, ''),
        coalesce(trim_scale(bill.amount_residual)::text, ''),
        taxed.rates
    ),
    bill.amount_total
from migration_taken as taken
inner join telecom_bill_history as bill
    on taken.res_id = bill.id
left join telecom_external_id as payer
    on
        payer.system = %(base_system)s
        and payer.res_model = 'res.partner'
        and payer.external_id = taken.content ->> 'partner'
cross join
    lateral (
        select
            string_agg(
                concat_ws(
                    '|',
                    coalesce(trim_scale(tax.rate)::text, ''),
                    coalesce(trim_scale(tax.amount_base)::text, ''),
                    coalesce(trim_scale(tax.amount_tax)::text, '')
                ),
                '|' order by place.number
            ) as rates
        from generate_series(1, 3) as place (number)
        left join telecom_bill_history_tax as tax
            on
                bill.id = tax.bill_id
                and place.number = tax.sequence
    ) as taxed

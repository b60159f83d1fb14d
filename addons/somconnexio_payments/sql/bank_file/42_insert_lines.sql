-- Step 42: the statement lines, cast from the one that the ORM made.
-- Grain:      one row per entry but the first.
-- Reads:      temporary bank_plan, account_bank_statement_line (the mould).
-- Writes:     account_bank_statement_line
-- Params:     last_place: core shows high sequences below low ones, the bank's first
--             entry is the oldest.
-- Rule:       internal_index is what core computes: day, sequence from above, id.
-- Idempotent: no.
insert into account_bank_statement_line
select copied.*
from bank_plan as plan
inner join account_bank_statement_line as mould on plan.mould_line_id = mould.id
cross join
    lateral jsonb_populate_record(
        mould,
        jsonb_build_object(
            'id', plan.line_id,
            'move_id', plan.move_id,
            'sequence', %(last_place)s - plan.number,
            'amount', plan.amount,
            'partner_id', plan.partner_id,
            'partner_name', plan.party_name,
            'account_number', plan.party_iban,
            'payment_ref', plan.label,
            'unique_import_id', null,
            'is_reconciled', plan.open_amount = 0,
            'amount_residual', -plan.open_amount,
            'internal_index',
            to_char(plan.day, 'YYYYMMDD')
            || lpad((2147483647 - (%(last_place)s - plan.number))::text, 10, '0')
            || lpad(plan.line_id::text, 10, '0')
        )
    ) as copied
where not plan.is_mould
order by plan.number

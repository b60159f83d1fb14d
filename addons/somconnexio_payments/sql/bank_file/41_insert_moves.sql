-- Step 41: the journal entries of a statement, cast from the one that the ORM made.
-- Grain:      one row per entry but the first.
-- Reads:      temporary bank_plan, account_move (the mould), res_partner.
-- Writes:     account_move
-- Rule:       the statement line is told by 42_tell_moves, for it is not there yet.
-- Idempotent: no; UNIQUE (journal_id, name) guards it.
insert into account_move
select copied.*
from bank_plan as plan
inner join account_move as mould on plan.mould_move_id = mould.id
left join res_partner as partner on plan.partner_id = partner.id
cross join
    lateral jsonb_populate_record(
        mould,
        jsonb_build_object(
            'id', plan.move_id,
            'name',
            plan.sequence_prefix
            || lpad(
                plan.sequence_number::text,
                greatest(plan.digits, length(plan.sequence_number::text)),
                '0'
            ),
            'sequence_number', plan.sequence_number,
            'date', plan.day,
            'partner_id', plan.partner_id,
            'commercial_partner_id', partner.commercial_partner_id,
            'invoice_partner_display_name',
            coalesce(partner.complete_name, mould.invoice_partner_display_name),
            'amount_total', abs(plan.amount),
            'amount_total_signed', abs(plan.amount),
            'amount_total_in_currency_signed', abs(plan.amount),
            'statement_line_id', null,
            'access_token', null
        )
    ) as copied
where not plan.is_mould
order by plan.number

-- Step debit/17: why a candidate cannot be debited; the first reason counts.
-- Grain:      one row per candidate
-- Reads:      telecom_billing_account, account_banking_mandate, account_payment_line,
--             telecom_debit_wish, telecom_debit_slice, account_move_line,
--             account_partial_reconcile, res_currency
-- Writes:     debit_candidate (temporary)
-- Params:     none
-- Idempotent: rows with a reason keep it.
with

settled as (
    select
        line.id as line_id,
        line.debit_move_id as move_id,
        line.debit_kind
    from debit_candidate as candidate
    inner join account_payment_line as line
        on candidate.move_id = line.debit_move_id
    inner join telecom_debit_slice as slice
        on line.debit_slice_id = slice.id
    inner join account_move_line as credit
        on
            slice.move_id = credit.move_id
            and line.name = credit.name
    where
        line.debit_booked_date is not null
        and exists (
            select 1
            from account_partial_reconcile as paid
            inner join account_move_line as item
                on paid.debit_move_id = item.id
            where
                paid.credit_move_id = credit.id
                and item.move_id = candidate.move_id
        )
),

reason as (
    select
        candidate.id,
        case
            when candidate.amount <= 0 then 'nothing_due'
            when open_line.id is not null then 'in_open_run'
            when euro.id is null then 'not_euro'
            when payer.is_debit_blocked is true then 'blocked'
            when later_part.id is not null and candidate.kind <> 'part'
                then 'payment_plan'
            when candidate.kind = 'bill' and returned_line.id is not null
                then 'came_back'
            when candidate.kind <> 'capital' and payer.partner_bank_id is null
                then 'no_iban'
            when candidate.mandate_id is null
                then case last_mandate.state
                        when 'draft' then 'mandate_unsigned'
                        when 'expired' then 'mandate_lapsed'
                        when 'cancel' then 'mandate_stopped'
                        else 'no_mandate'
                    end
            when
                mandate.lapse_date <= candidate.due_date
                or mandate.signature_date > candidate.due_date
                then 'mandate_lapsed'
            when
                mandate.type = 'oneoff'
                and (mandate.last_debit_date is not null or same_mandate.place > 1)
                then 'mandate_used'
        end as code
    from debit_candidate as candidate
    left join telecom_billing_account as payer
        on candidate.billing_account_id = payer.id
    left join account_banking_mandate as mandate
        on candidate.mandate_id = mandate.id
    left join res_currency as euro
        on candidate.currency_id = euro.id and euro.name = 'EUR'
    left join lateral (
        select line.id
        from account_payment_line as line
        where
            line.is_debit_open is true
            and (
                line.debit_move_id = candidate.move_id
                or line.capital_call_id = candidate.capital_call_id
            )
        order by line.id
        limit 1
    ) as open_line on true
    left join lateral (
        -- A debit whose money does not pay the bill any more, nor a later one for it.
        select line.id
        from account_payment_line as line
        left join settled on line.id = settled.line_id
        where
            line.debit_move_id = candidate.move_id
            and line.debit_booked_date is not null
            and settled.line_id is null
            and not exists (
                select 1
                from settled as retried
                where
                    retried.move_id = candidate.move_id
                    and retried.debit_kind = 'retry'
                    and retried.line_id > line.id
            )
        order by line.id
        limit 1
    ) as returned_line on true
    left join lateral (
        select wish.id
        from telecom_debit_wish as wish
        where
            wish.move_id = candidate.move_id
            and wish.kind = 'part'
            and wish.state = 'waiting'
        order by wish.id
        limit 1
    ) as later_part on true
    left join lateral (
        select ended.state
        from account_banking_mandate as ended
        where ended.telecom_billing_account_id = candidate.billing_account_id
        order by ended.id desc
        limit 1
    ) as last_mandate on true
    left join (
        select
            other.id,
            row_number() over (
                partition by other.mandate_id order by other.id
            ) as place
        from debit_candidate as other
        where other.mandate_id is not null
    ) as same_mandate on candidate.id = same_mandate.id
)

update debit_candidate as candidate
set reason = reason.code
from reason
where
    reason.id = candidate.id
    and candidate.reason is null
    and reason.code is not null

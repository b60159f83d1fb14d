-- Step debit/17: why a candidate cannot be debited; the first reason counts.
-- Grain:      one row per candidate
-- Reads:      telecom_billing_account, account_banking_mandate, account_payment_line,
--             telecom_debit_wish, res_company
-- Writes:     debit_candidate (temporary)
-- Params:     company_id
-- Idempotent: rows with a reason keep it.
with

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
            when candidate.kind = 'bill' and earlier_line.id is not null
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
        select line.id
        from account_payment_line as line
        where
            line.debit_move_id = candidate.move_id
            and line.debit_booked_date is not null
        order by line.id
        limit 1
    ) as earlier_line on true
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

-- Step debit/30: debits that are not right any more when a run is confirmed, and why.
-- Grain:      one row per debit that has to be left out
-- Reads:      account_payment_line, account_move_line, account_banking_mandate,
--             telecom_billing_account, cooperative_capital_call
-- Params:     run_id
-- Idempotent: reads only.
select
    line.id,
    case
        when item.reconciled is true or item.parent_state <> 'posted'
            then 'paid_meanwhile'
        when
            line.capital_call_id is not null
            and coalesce(call.state, '') <> 'called'
            then 'paid_meanwhile'
        when
            line.capital_call_id is null
            and line.debit_kind <> 'part'
            and item.amount_residual <> line.amount_currency
            then 'amount_changed'
        when line.amount_currency > abs(item.amount_residual) then 'amount_changed'
        when mandate.state not in ('valid', 'final') then 'mandate_stopped'
        when payer.is_debit_blocked is true then 'blocked'
        when payer.collection_method <> 'direct_debit' then 'other_method'
        else 'iban_changed'
    end as reason
from account_payment_line as line
inner join account_move_line as item
    on line.move_line_id = item.id
inner join account_banking_mandate as mandate
    on line.mandate_id = mandate.id
left join telecom_billing_account as payer
    on line.telecom_billing_account_id = payer.id
left join cooperative_capital_call as call
    on line.capital_call_id = call.id
where
    line.debit_run_id = %(run_id)s
    and line.is_debit_open is true
    and (
        item.reconciled is true
        or item.parent_state <> 'posted'
        or line.amount_currency > abs(item.amount_residual)
        or (
            line.capital_call_id is null
            and line.debit_kind <> 'part'
            and item.amount_residual <> line.amount_currency
        )
        or (
            line.capital_call_id is not null
            and coalesce(call.state, '') <> 'called'
        )
        or mandate.state not in ('valid', 'final')
        or mandate.partner_bank_id is distinct from line.partner_bank_id
        or payer.is_debit_blocked is true
        or payer.collection_method <> 'direct_debit'
    )

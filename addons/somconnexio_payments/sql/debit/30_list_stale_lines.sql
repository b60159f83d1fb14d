-- Step debit/30: debits that are not right any more when a run is confirmed, and why.
-- Grain:      one row per debit that has to be left out
-- Reads:      account_payment_line, account_move_line, account_banking_mandate,
--             telecom_billing_account, cooperative_capital_call,
--             telecom_payment_dispute
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
            line.debit_kind in ('bill', 'retry')
            and claim.amount > coalesce(line.disputed_amount, 0)
            then 'disputed'
        when
            line.debit_kind in ('bill', 'retry')
            and item.amount_residual - claim.amount <> line.amount_currency
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
inner join lateral (
    select coalesce(sum(dispute.amount), 0) as amount
    from telecom_payment_dispute as dispute
    where
        dispute.bill_id = line.debit_move_id
        and dispute.state = 'open'
) as claim on true
where
    line.debit_run_id = %(run_id)s
    and line.is_debit_open is true
    and (
        item.reconciled is true
        or item.parent_state <> 'posted'
        or line.amount_currency > abs(item.amount_residual)
        or (
            line.debit_kind in ('bill', 'retry')
            and item.amount_residual - claim.amount <> line.amount_currency
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

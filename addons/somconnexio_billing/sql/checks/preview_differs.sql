-- Control: every bill is equal to its preview to the cent.
-- Grain:   one row per run account whose bill has other totals than its preview
-- Reads:   telecom_bill_run_account, account_move, telecom_billing_account
-- Params:  run_id
select
    account.billing_account_id,
    account.id as res_id,
    concat(
        payer.code,
        ': ',
        account.amount_untaxed,
        ' + ',
        account.amount_tax,
        ' <> ',
        move.amount_untaxed,
        ' + ',
        move.amount_tax
    ) as detail
from telecom_bill_run_account as account
inner join account_move as move
    on account.move_id = move.id
inner join telecom_billing_account as payer
    on account.billing_account_id = payer.id
where
    account.run_id = %(run_id)s
    and (
        account.amount_untaxed <> move.amount_untaxed
        or account.amount_tax <> move.amount_tax
        or account.amount_total <> move.amount_total
    )
order by payer.code

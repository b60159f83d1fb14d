-- Note, for each posted bill of a run and what corrects it, how it reaches its payer.
--
-- grain:      one row per posted bill or credit note that nobody delivered yet
-- reads:      account_move, telecom_billing_account
-- writes:     telecom_bill_delivery
-- params:     run_id, user_id
-- idempotent: a bill has one row for ever
--
-- What a person sent with Odoo's own button is not sent once more.
insert into telecom_bill_delivery (
    move_id,
    company_id,
    bill_run_id,
    billing_account_id,
    channel,
    state,
    attempt_count,
    create_uid,
    create_date,
    write_uid,
    write_date
)
select
    move.id as move_id,
    move.company_id,
    %(run_id)s as bill_run_id,
    account.id as billing_account_id,
    account.bill_delivery,
    case account.bill_delivery
        when 'email' then 'waiting'
        when 'post' then 'to_print'
        else 'portal'
    end,
    0 as attempt_count,
    %(user_id)s as create_uid,
    now() at time zone 'UTC' as create_date,
    %(user_id)s as write_uid,
    now() at time zone 'UTC' as write_date
from account_move as move
inner join telecom_billing_account as account
    on move.telecom_billing_account_id = account.id
left join account_move as corrected on move.reversed_entry_id = corrected.id
where
    %(run_id)s in (move.telecom_bill_run_id, corrected.telecom_bill_run_id)
    and move.move_type in ('out_invoice', 'out_refund')
    and move.state = 'posted'
    and move.is_move_sent is not true
order by move.id
on conflict (move_id) do nothing

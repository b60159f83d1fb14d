-- Step debit/14: instalments of share capital that were called.
-- Grain:      one row per called instalment
-- Reads:      cooperative_capital_call, cooperative_membership,
--             cooperative_share_movement, account_move_line, res_company
-- Writes:     debit_candidate (temporary)
-- Params:     company_id, cutoff
-- Idempotent: on a table without capital.
insert into debit_candidate (
    kind,
    move_id,
    move_line_id,
    capital_call_id,
    membership_id,
    partner_id,
    amount,
    currency_id,
    wanted_date,
    label
)
select distinct on (call.id)
    'capital',
    item.move_id,
    item.id as move_line_id,
    call.id as capital_call_id,
    call.membership_id,
    call.partner_id,
    call.amount,
    company.currency_id,
    call.due_date,
    coalesce(membership.number, membership.id::text) || '-' || call.sequence::text
from cooperative_capital_call as call
inner join cooperative_membership as membership
    on call.membership_id = membership.id
inner join res_company as company
    on call.company_id = company.id
inner join cooperative_share_movement as movement
    on call.id = movement.call_id and movement.kind in ('call', 'payment_return')
inner join account_move_line as item
    on
        movement.move_id = item.move_id
        and item.account_id = company.cooperative_called_account_id
        and item.partner_id = call.partner_id
        and item.debit > 0
where
    call.company_id = %(company_id)s
    and call.state = 'called'
    and call.due_date <= %(cutoff)s
    and item.reconciled is not true
order by call.id asc, movement.id desc, item.id asc

-- Step 10: what each billing account owes on a day, under which policy, and where its
--          case stands.
-- Grain:      billing account with an overdue bill, or with a case that is not clear
-- Reads:      account_move, account_move_line, account_payment_line,
--             telecom_payment_dispute, telecom_payment_plan, telecom_billing_account,
--             res_partner, contract_contract, telecom_dunning_policy (and its service
--             types), telecom_dunning_case, telecom_notice_attempt,
--             telecom_dunning_policy_service_type
-- Writes:     nothing
-- Params:     company_id, day (civil date), zone and digits (time zone and currency's
--             digits of the company), account_ids (array; null: all)
-- Idempotent: reads only.
-- Shares:     what is unpaid of a bill is parted over its subscriptions by their part
--             of its lines, in whole cents by largest remainder. What belongs to no
--             subscription is of none.
-- Claims:     what is claimed about one service is left out of its part, what is
--             claimed about the whole bill out of all parts alike.
-- Age:        an account is overdue since the bill with which its unpaid bills, oldest
--             first, came to the policy's least amount: a few cents that were left of
--             an old bill do not make a new one old.
with
claim as (
    select
        bill_id,
        subscription_id,
        sum(amount) as amount
    from telecom_payment_dispute
    where
        state = 'open'
        and company_id = %(company_id)s
    group by bill_id, subscription_id
),

bill_claim as (
    select
        bill_id,
        sum(amount) as amount
    from claim
    group by bill_id
),

-- Debits of a run until they are booked, and orders made by hand until they are sent.
debited_bill as (
    select distinct coalesce(debit.debit_move_id, move_line.move_id) as bill_id
    from account_payment_line as debit
    left join account_move_line as move_line
        on move_line.id = debit.move_line_id
    where
        debit.company_id = %(company_id)s
        and debit.payment_type = 'inbound'
        and (
            debit.is_debit_open is true
            or (
                debit.debit_run_id is null
                and debit.state in ('draft', 'open', 'generated')
            )
        )
),

open_bill as (
    select
        move.id,
        move.telecom_billing_account_id as account_id,
        move.invoice_date_due as due_date,
        move.amount_residual_signed as residual,
        move.dunning_return_class as return_class,
        move.dunning_return_date as return_date,
        least(coalesce(bill_claim.amount, 0), move.amount_residual_signed) as disputed,
        debited_bill.bill_id is not null as is_being_debited
    from account_move as move
    left join bill_claim on bill_claim.bill_id = move.id
    left join debited_bill on debited_bill.bill_id = move.id
    where
        move.company_id = %(company_id)s
        and move.state = 'posted'
        and move.move_type = 'out_invoice'
        and move.payment_state in ('not_paid', 'partial')
        and move.telecom_billing_account_id is not null
        and move.amount_residual_signed > 0
        and move.invoice_date_due < %(day)s
        and (
            %(account_ids)s::int[] is null
            or move.telecom_billing_account_id = any(%(account_ids)s::int[])
        )
),

debt as (
    select
        account_id,
        sum(residual) as owed_amount,
        sum(disputed) as disputed_amount,
        coalesce(sum(residual) filter (where is_being_debited), 0) as debited_amount,
        coalesce(
            sum(residual - disputed) filter (where not is_being_debited), 0
        ) as amount,
        count(*) filter (
            where residual > disputed and not is_being_debited
        ) as bill_count,
        (
            array_agg(return_class order by return_date desc, id desc)
            filter (where return_class is not null)
        )[1] as return_class
    from open_bill
    group by account_id
),

credit as (
    select
        telecom_billing_account_id as account_id,
        -sum(amount_residual_signed) as amount
    from account_move
    where
        company_id = %(company_id)s
        and state = 'posted'
        and move_type = 'out_refund'
        and payment_state in ('not_paid', 'partial')
        and telecom_billing_account_id in (select debt.account_id from debt)
    group by telecom_billing_account_id
),

live_case as (
    select *
    from telecom_dunning_case
    where
        company_id = %(company_id)s
        and (state <> 'clear' or billing_account_id in (
            select debt.account_id from debt
        ))
        and (
            %(account_ids)s::int[] is null
            or billing_account_id = any(%(account_ids)s::int[])
        )
),

followed as (
    select
        account.id as account_id,
        account.partner_id,
        live_case.id as case_id,
        case
            when live_case.state <> 'clear' then live_case.policy_id
            else policy.id
        end as policy_id,
        (
            payer.telecom_is_vulnerable is true
            and coalesce(payer.telecom_vulnerable_until_date, %(day)s) >= %(day)s
        ) as is_protected
    from debt
    full join live_case on live_case.billing_account_id = debt.account_id
    inner join telecom_billing_account as account
        on account.id = coalesce(debt.account_id, live_case.billing_account_id)
    inner join res_partner as payer on payer.id = account.commercial_partner_id
    left join lateral (
        select candidate.id
        from telecom_dunning_policy as candidate
        where
            candidate.company_id = %(company_id)s
            and candidate.active is true
            and (
                candidate.collection_method is null
                or candidate.collection_method = account.collection_method
            )
            and (
                candidate.partner_kind is null
                or candidate.partner_kind = payer.telecom_partner_kind
            )
            and (
                not exists (
                    select 1
                    from telecom_dunning_policy_service_type as wanted
                    where wanted.policy_id = candidate.id
                )
                or exists (
                    select 1
                    from telecom_dunning_policy_service_type as wanted
                    inner join contract_contract as subscription
                        on subscription.telecom_service_type_id = wanted.service_type_id
                    where
                        wanted.policy_id = candidate.id
                        and subscription.telecom_billing_account_id = account.id
                        and subscription.telecom_state in ('active', 'suspended')
                )
            )
        order by candidate.sequence, candidate.id
        limit 1
    ) as policy on true
),

running as (
    select
        open_bill.account_id,
        open_bill.due_date,
        sum(open_bill.residual - open_bill.disputed) over (
            partition by open_bill.account_id
            order by open_bill.due_date
        ) as amount
    from open_bill
    where
        open_bill.residual > open_bill.disputed
        and not open_bill.is_being_debited
),

age as (
    select
        running.account_id,
        coalesce(
            min(running.due_date) filter (
                where running.amount >= policy.minimum_amount
            ),
            min(running.due_date)
        ) as due_date
    from running
    inner join followed on followed.account_id = running.account_id
    left join telecom_dunning_policy as policy on policy.id = followed.policy_id
    group by running.account_id
),

weight as (
    select
        open_bill.id as bill_id,
        line.telecom_subscription_id as subscription_id,
        greatest(
            sum(line.price_total) - coalesce(max(claim.amount), 0), 0
        ) as weight
    from open_bill
    inner join account_move_line as line on line.move_id = open_bill.id
    left join claim
        on
            claim.bill_id = open_bill.id
            and claim.subscription_id = line.telecom_subscription_id
    where
        line.display_type = 'product'
        and open_bill.residual > open_bill.disputed
    group by open_bill.id, line.telecom_subscription_id
),

exact_share as (
    select
        open_bill.account_id,
        open_bill.id as bill_id,
        open_bill.due_date,
        open_bill.is_being_debited,
        weight.subscription_id,
        open_bill.residual - open_bill.disputed as bill_amount,
        (open_bill.residual - open_bill.disputed) * weight.weight
        / sum(weight.weight) over (partition by weight.bill_id) as amount
    from weight
    inner join open_bill on open_bill.id = weight.bill_id
    where weight.weight > 0
),

floored as (
    select
        *,
        trunc(amount, %(digits)s) as cents,
        row_number() over (
            partition by bill_id
            order by amount - trunc(amount, %(digits)s) desc, subscription_id
        ) as place,
        (bill_amount - sum(trunc(amount, %(digits)s)) over (partition by bill_id))
        * 10::numeric ^ %(digits)s as cents_left
    from exact_share
),

subscription_share as (
    select
        floored.account_id,
        floored.subscription_id,
        sum(
            floored.cents
            + case
                when floored.place <= floored.cents_left
                    then 10::numeric ^ -%(digits)s
                else 0
            end
        ) as amount,
        count(*) filter (where not floored.is_being_debited) as bill_count,
        min(floored.due_date) filter (
            where not floored.is_being_debited and floored.due_date >= age.due_date
        ) as oldest_due_date
    from floored
    left join age on age.account_id = floored.account_id
    where floored.subscription_id is not null
    group by floored.account_id, floored.subscription_id
),

account_share as (
    select
        account_id,
        jsonb_agg(
            jsonb_build_object(
                'subscription_id', subscription_id,
                'amount', amount,
                'bill_count', bill_count,
                'oldest_due_date', oldest_due_date
            )
            order by subscription_id
        ) as shares
    from subscription_share
    group by account_id
),

proof as (
    select
        live_case.id as case_id,
        min(
            (
                coalesce(attempt.delivered_at, attempt.answered_at)
                at time zone 'UTC' at time zone %(zone)s
            )::date
        ) as proof_date
    from live_case
    inner join
        telecom_notice_attempt as attempt
        on attempt.notice_id = live_case.notice_id
    where attempt.state in ('sent', 'delivered')
    group by live_case.id
),

plan as (
    select distinct billing_account_id as account_id
    from telecom_payment_plan
    where
        state = 'agreed'
        and company_id = %(company_id)s
)

select
    followed.account_id,
    followed.partner_id,
    followed.case_id,
    followed.policy_id,
    followed.is_protected,
    live_case.state as case_state,
    live_case.hold_until_date,
    account_share.shares,
    coalesce(debt.owed_amount, 0) as owed_amount,
    coalesce(debt.disputed_amount, 0) as disputed_amount,
    coalesce(debt.debited_amount, 0) as debited_amount,
    coalesce(debt.amount, 0) - coalesce(credit.amount, 0) as amount,
    coalesce(debt.bill_count, 0) as bill_count,
    age.due_date as oldest_due_date,
    debt.return_class,
    case when live_case.state <> 'clear' then live_case.step_id end as step_id,
    case when live_case.state <> 'clear' then live_case.step_date end as step_date,
    case
        when live_case.state <> 'clear'
            then least(live_case.handed_over_date, proof.proof_date)
    end as proof_date,
    coalesce(live_case.error, '') <> '' as has_error,
    plan.account_id is not null as has_plan
from followed
left join live_case on live_case.id = followed.case_id
left join debt on debt.account_id = followed.account_id
left join age on age.account_id = followed.account_id
left join credit on credit.account_id = followed.account_id
left join account_share on account_share.account_id = followed.account_id
left join proof on proof.case_id = followed.case_id
left join plan on plan.account_id = followed.account_id
order by followed.account_id

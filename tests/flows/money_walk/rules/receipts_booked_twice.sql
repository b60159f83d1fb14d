-- Rule:  a payment in a bank app or by card is money once, for the sum that was told.
-- Grain: a payment that is there more often, or with another sum.
select
    told.transaction_id as reference,
    told.amount as told,
    sum(payment.amount) as booked
from telecom_payment_gateway_transaction as told
left join account_payment as payment
    on told.id = payment.gateway_transaction_id and payment.state <> 'canceled'
where told.company_id = %(company_id)s and told.state <> 'cancelled'
group by told.id
having coalesce(sum(payment.amount), 0) <> told.amount
union all
select
    card.reference,
    card.amount as told,
    sum(payment.amount) as booked
from payment_transaction as card
left join account_payment as payment on card.id = payment.payment_transaction_id
where
    card.company_id = %(company_id)s
    and card.state = 'done'
    and card.amount > 0
group by card.id
having count(payment.id) <> 1 or coalesce(sum(payment.amount), 0) <> card.amount

-- Keep what proves that a bill was mailed with its notice.
--
-- grain:      one row per delivery and attempt by mail
-- reads:      telecom_bill_delivery, account_move, telecom_notice, mail_mail,
--             mail_message
-- writes:     telecom_notice_attempt
-- params:     delivery_ids, kind_id
-- idempotent: by the reference: what is heard later of an attempt updates its row
insert into telecom_notice_attempt (
    notice_id,
    company_id,
    channel,
    state,
    reference,
    address,
    try_count,
    started_at,
    answered_at,
    mail_id,
    message_key,
    reason
)
select
    notice.id as notice_id,
    delivery.company_id,
    'mail' as channel,
    delivery.state,
    format('bill-%%s-%%s', delivery.id, delivery.attempt_count),
    delivery.recipients,
    delivery.attempt_count,
    delivery.sending_at,
    case when delivery.state <> 'sending' then now() at time zone 'UTC' end,
    delivery.mail_id,
    message.message_id,
    delivery.reason
from telecom_bill_delivery as delivery
inner join account_move as bill on delivery.move_id = bill.id
inner join telecom_notice as notice
    on
        bill.partner_id = notice.partner_id
        and bill.id = notice.res_id
left join mail_mail as mail on delivery.mail_id = mail.id
left join mail_message as message on mail.mail_message_id = message.id
where
    delivery.id = any(%(delivery_ids)s)
    and notice.kind_id = %(kind_id)s
    and delivery.attempt_count > 0
    and delivery.state in ('sending', 'sent', 'failed', 'bounced', 'unclear')
on conflict (reference) do update
    set
        state = excluded.state,
        reason = excluded.reason,
        answered_at
        = coalesce(telecom_notice_attempt.answered_at, excluded.answered_at),
        message_key = excluded.message_key

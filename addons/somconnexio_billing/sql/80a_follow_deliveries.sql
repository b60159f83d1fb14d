-- Bring the notices of bills in line with what became of their deliveries.
--
-- grain:      one row per delivery that has a notice
-- reads:      telecom_bill_delivery, account_move, mail_mail, mail_message
-- writes:     telecom_notice
-- params:     delivery_ids, kind_id
-- idempotent: a repeat writes the same
update telecom_notice as notice
set
    channel = case delivery.channel when 'email' then 'mail' else delivery.channel end,
    state = case delivery.state
        when 'opted_out' then 'refused'
        when 'to_print' then 'waiting'
        when 'printed' then 'sent'
        when 'portal' then 'shown'
        else delivery.state
    end,
    reason = delivery.reason,
    sent_at = delivery.sent_at,
    subject = coalesce(message.subject, bill.name),
    body = coalesce(mail.body_html, notice.body)
from telecom_bill_delivery as delivery
inner join account_move as bill on delivery.move_id = bill.id
left join mail_mail as mail on delivery.mail_id = mail.id
left join mail_message as message on mail.mail_message_id = message.id
where
    delivery.id = any(%(delivery_ids)s)
    and notice.partner_id = bill.partner_id
    and notice.kind_id = %(kind_id)s
    and notice.res_id = delivery.move_id

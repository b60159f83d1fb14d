-- Notices: let those go once more that the rule of their kind allows.
--
-- grain:      one row per notice of the audience that was sent before
-- reads:      the audience (res_id, partner_id, company_id), telecom_notice_refusal
-- writes:     telecom_notice
-- params:     audience (a query), kind_id, purpose_id, company_id, window_key,
--             channel (the first one), is_by_days, resend_days,
--             now_at (UTC)
-- idempotent: what waits again is not touched by a repeat
--
-- By days: what was sent so long ago. Otherwise: what did not arrive. What is unclear
-- may have arrived, and is left to people.
update telecom_notice as notice
set
    state = 'waiting',
    channel = %(channel)s,
    reason = null,
    not_before_at = null
from (%(audience)s) as audience
where
    notice.kind_id = %(kind_id)s
    and notice.res_id = audience.res_id
    and notice.partner_id = audience.partner_id
    and notice.window_key = %(window_key)s
    and (
        notice.state in ('failed', 'bounced')
        or (
            %(is_by_days)s
            and notice.state in ('sent', 'delivered')
            and notice.sent_at
            <= %(now_at)s::timestamp - make_interval(days => %(resend_days)s)
        )
    )
    and not exists (
        select from telecom_notice_refusal as refusal
        where
            refusal.partner_id = notice.partner_id
            and refusal.purpose_id = %(purpose_id)s
    )

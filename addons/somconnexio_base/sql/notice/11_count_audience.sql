-- Notices: count whom a kind of notice would tell, and who is left out and why.
--
-- grain:      one row
-- reads:      the audience (res_id, partner_id, company_id), res_partner,
--             telecom_notice, telecom_notice_refusal
-- params:     audience (a query), kind_id, purpose_id, window_key, needs_mail,
--             needs_sms (the channels of the kind)
-- idempotent: reads only
--
-- Each person counts once, in the first of told, refused, unreachable and to tell.
with candidate as (
    select
        told.id is not null as is_told,
        refusal.id is not null as is_refused,
        (%(needs_mail)s or %(needs_sms)s)
        and not (%(needs_mail)s and coalesce(person.email, '') <> '')
        and not (%(needs_sms)s and coalesce(person.phone, '') <> '')
            as is_unreachable
    from (%(audience)s) as audience
    inner join res_partner as person on audience.partner_id = person.id
    left join telecom_notice_refusal as refusal
        on
            person.id = refusal.partner_id
            and refusal.purpose_id = %(purpose_id)s
    left join telecom_notice as told
        on
            audience.res_id = told.res_id
            and person.id = told.partner_id
            and told.kind_id = %(kind_id)s
            and told.window_key = %(window_key)s
)

select
    count(*) as total,
    count(*) filter (where candidate.is_told) as told,
    count(*) filter (
        where not candidate.is_told and candidate.is_refused
    ) as refused,
    count(*) filter (
        where
        not candidate.is_told
        and not candidate.is_refused
        and candidate.is_unreachable
    ) as unreachable,
    count(*) filter (
        where
        not candidate.is_told
        and not candidate.is_refused
        and not candidate.is_unreachable
    ) as to_tell
from candidate

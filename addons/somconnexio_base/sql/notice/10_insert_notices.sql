-- Notices: write down whom a kind of notice tells, once each.
--
-- grain:      one row per record, person and occasion that is not there yet
-- reads:      the audience (res_id, partner_id, company_id; no pair twice),
--             res_partner, telecom_notice, telecom_notice_refusal
-- writes:     telecom_notice
-- params:     audience (a query), kind_id, purpose_id, company_id (of what has none),
--             window_key, channel_plan (null: that of the kind), channel (the first
--             one), now_at (UTC)
-- idempotent: a repeat inserts no row; of two at the same time, the unique key refuses
--             one
--
-- Who refuses the purpose gets a row that says so, for those who ask why. An order by
-- the key keeps a large insert from jumping about in its index. Looking first who was
-- told costs a third of what "on conflict" costs, which tries each row before it is
-- inserted.
insert into telecom_notice (
    kind_id,
    company_id,
    partner_id,
    res_id,
    window_key,
    lang,
    channel_plan,
    channel,
    state,
    announced_at
)
select
    %(kind_id)s::int,
    coalesce(audience.company_id, person.company_id, %(company_id)s),
    person.id as partner_id,
    audience.res_id,
    %(window_key)s::varchar,
    person.lang,
    %(channel_plan)s::varchar,
    %(channel)s::varchar,
    case when refusal.id is null then 'waiting' else 'refused' end,
    %(now_at)s::timestamp
from (%(audience)s) as audience
inner join res_partner as person on audience.partner_id = person.id
left join telecom_notice_refusal as refusal
    on
        person.id = refusal.partner_id
        and refusal.purpose_id = %(purpose_id)s
where
    not exists (
        select from telecom_notice as told
        where
            told.partner_id = person.id
            and told.kind_id = %(kind_id)s
            and told.res_id = audience.res_id
            and told.window_key = %(window_key)s
    )
order by person.id, audience.res_id

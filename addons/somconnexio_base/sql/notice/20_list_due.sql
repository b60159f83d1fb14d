-- Notices: list what is to be sent next: the most urgent kinds first, of each the
-- oldest.
--
-- grain:      one row per notice
-- reads:      telecom_notice
-- params:     kind_ids (those that may be sent now, in their order), company_id,
--             channel, row_limit, now_at (UTC)
-- idempotent: reads only
select due.id
from unnest(%(kind_ids)s::int[]) with ordinality as kind (id, rank)
cross join
    lateral (
        select
            notice.id,
            notice.announced_at
        from telecom_notice as notice
        where
            notice.kind_id = kind.id
            and notice.company_id = %(company_id)s
            and notice.channel = %(channel)s
            and notice.state = 'waiting'
            and (
                notice.not_before_at is null
                or notice.not_before_at <= %(now_at)s::timestamp
            )
        order by notice.announced_at
        limit %(row_limit)s
    ) as due
order by kind.rank, due.announced_at, due.id
limit %(row_limit)s

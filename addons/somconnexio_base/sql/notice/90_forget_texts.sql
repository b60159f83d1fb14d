-- Notices: forget what was said long ago; that it was said stays.
--
-- grain:      one row per notice, with its id
-- reads:      telecom_notice
-- writes:     telecom_notice
-- params:     company_id, said_before_at (UTC), row_limit
-- idempotent: a repeat finds what was left over by the limit
--
-- What has not been sent needs its words, however long it waits.
update telecom_notice as notice
set
    subject = null,
    body = null
from (
    select old.id
    from telecom_notice as old
    where
        old.company_id = %(company_id)s
        and old.announced_at < %(said_before_at)s::timestamp
        and old.body is not null
        and old.state not in ('waiting', 'sending')
    order by old.announced_at
    limit %(row_limit)s
) as due
where notice.id = due.id
returning notice.id

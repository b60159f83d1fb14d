-- Online payment: wrong pay links that a client has opened in these ten minutes.
--
-- grain:      one row
-- reads:      telecom_pay_visit
-- writes:     nothing
-- params:     client
-- idempotent: yes
select coalesce(sum(visit.wrong_count), 0) as wrong_count
from telecom_pay_visit as visit
where
    visit.client_hash = %(client)s
    and visit.window_at > (now() at time zone 'UTC') - interval '10 minutes'

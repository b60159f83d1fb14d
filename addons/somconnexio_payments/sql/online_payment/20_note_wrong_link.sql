-- Online payment: count one more wrong pay link of a client, in windows of a minute.
--
-- grain:      one row of telecom_pay_visit per client and minute
-- reads:      nothing
-- writes:     telecom_pay_visit
-- params:     client
-- idempotent: no, it counts
insert into telecom_pay_visit (client_hash, window_at, wrong_count)
values (%(client)s, date_trunc('minute', now() at time zone 'UTC'), 1)
on conflict (client_hash, window_at)
do update set wrong_count = telecom_pay_visit.wrong_count + 1

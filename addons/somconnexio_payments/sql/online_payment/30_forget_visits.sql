-- Online payment: forget wrong pay links that are older than a day.
--
-- grain:      the old rows of telecom_pay_visit
-- reads:      telecom_pay_visit
-- writes:     telecom_pay_visit
-- params:     none
-- idempotent: yes
delete from telecom_pay_visit
where window_at < (now() at time zone 'UTC') - interval '1 day'

-- End rates on a day.
--
-- grain:      one row per rate
-- reads:      nothing
-- writes:     telecom_tariff_rate
-- params:     rate_ids, end_date (first day on which they no longer hold), user_id
-- idempotent: yes
update telecom_tariff_rate as rate
set
    valid_to = %(end_date)s,
    write_uid = %(user_id)s,
    write_date = now() at time zone 'UTC'
where rate.id = any(%(rate_ids)s)

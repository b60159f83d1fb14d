-- Insert the prefixes of destinations.
--
-- grain:      one row per prefix
-- reads:      nothing
-- writes:     telecom_destination_prefix
-- params:     prefixes (JSON list of prefix, destination_id), user_id
-- idempotent: no, a prefix exists once
insert into telecom_destination_prefix (
    prefix,
    destination_id,
    create_uid,
    create_date,
    write_uid,
    write_date
)
select
    listed.prefix,
    listed.destination_id,
    %(user_id)s as create_uid,
    now() at time zone 'UTC' as create_date,
    %(user_id)s as write_uid,
    now() at time zone 'UTC' as write_date
from jsonb_to_recordset(%(prefixes)s::jsonb) as listed (
        prefix varchar,
        destination_id integer
    )

-- Count the usage events of a database.
--
-- grain: one row
-- reads: telecom_usage_event
select count(*) as event_count
from telecom_usage_event;

-- Step 10: which of these values exist already, in whatever company.
-- Grain:      one row per value.
-- Reads:      telecom_resource
-- Writes:     -
-- Params:     kind_id, names (array of values in normal form).
-- Idempotent: reads only.
select resource.name
from telecom_resource as resource
where
    resource.kind_id = %(kind_id)s
    and resource.name = any(%(names)s)

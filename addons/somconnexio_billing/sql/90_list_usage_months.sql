-- Step 90: the months of which usage is kept.
-- Grain:      one row per month that has a partition of usage events or rated usage,
--             with the names of both.
-- Reads:      pg_inherits, pg_class: a partition is named by its month.
-- Idempotent: reads only.
select
    to_date(right(partition.relname, 7), 'YYYY_MM') as month_date,
    array_agg(partition.relname::text order by partition.relname) as partitions
from pg_inherits as inheritance
inner join pg_class as partition
    on inheritance.inhrelid = partition.oid
where
    inheritance.inhparent in (
        'telecom_usage_event'::regclass,
        'telecom_rated_usage'::regclass
    )
    and partition.relname ~ '_\d{4}_\d{2}$'
group by month_date
order by month_date

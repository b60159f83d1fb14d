-- Step 36: the rows of one kind against the records they became.
-- Grain:      one row. Fingerprints are MD5 over the MD5 of each id and its facts, in
--             the order of the ids' bytes.
-- Reads:      telecom_migration_row, migration_fact.
-- Params:     run_id, kind.
with

source as (
    select
        count(*) as source_count,
        count(*) filter (where state = 'refused') as refused_count,
        coalesce(sum(amount), 0) as source_amount,
        coalesce(sum(amount) filter (where state = 'refused'), 0) as refused_amount
    from telecom_migration_row
    where
        run_id = %(run_id)s
        and kind = %(kind)s
),

taken as (
    select
        external_id,
        facts,
        amount
    from telecom_migration_row
    where
        run_id = %(run_id)s
        and kind = %(kind)s
        and state in ('created', 'updated', 'unchanged')
),

compared as (
    select
        taken.external_id,
        taken.amount,
        found.amount as found_amount,
        found.external_id is not null as is_found,
        md5(taken.external_id || '|' || taken.facts) as fact_hash,
        md5(found.external_id || '|' || found.facts) as found_hash
    from taken
    left join migration_fact as found
        on taken.external_id = found.external_id
)

select
    source.source_count,
    source.refused_count,
    source.source_amount,
    source.refused_amount,
    count(compared.external_id) as taken_count,
    count(*) filter (where compared.is_found) as database_count,
    coalesce(sum(compared.amount), 0) as taken_amount,
    coalesce(sum(compared.found_amount) filter (where compared.amount is not null), 0)
        as database_amount,
    md5(string_agg(compared.fact_hash, '' order by compared.external_id collate "C"))
        as source_hash,
    md5(string_agg(compared.found_hash, '' order by compared.external_id collate "C"))
        as database_hash,
    count(*) filter (
        where
        compared.external_id is not null
        and compared.fact_hash is distinct from compared.found_hash
    ) as difference_count
from source
left join compared
    on true
group by
    source.source_count,
    source.refused_count,
    source.source_amount,
    source.refused_amount

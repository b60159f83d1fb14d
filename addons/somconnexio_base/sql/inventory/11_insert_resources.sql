-- Step 11: add the resources of an import, available from now on.
-- Grain:      one row per resource.
-- Reads:      -
-- Writes:     telecom_resource
-- Params:     rows (a JSON list of objects), kind_id, provider_id, company_id,
--             import_id, user_id, now.
-- Idempotent: a value that exists is left as it is; the caller compares the count.
insert into telecom_resource (
    kind_id,
    name,
    state,
    company_id,
    provider_id,
    import_id,
    external_ref,
    pin,
    puk,
    pin2,
    puk2,
    create_uid,
    create_date,
    write_uid,
    write_date
)
select
    %(kind_id)s,
    item.name,
    'available',
    %(company_id)s,
    cast(%(provider_id)s as integer),
    %(import_id)s,
    item.external_ref,
    item.pin,
    item.puk,
    item.pin2,
    item.puk2,
    %(user_id)s as create_uid,
    cast(%(now)s as timestamp) as create_date,
    %(user_id)s as write_uid,
    cast(%(now)s as timestamp) as write_date
from jsonb_to_recordset(cast(%(rows)s as jsonb)) as item (
        line integer,
        name text,
        external_ref text,
        pin text,
        puk text,
        pin2 text,
        puk2 text
    )
order by item.line
on conflict (kind_id, name) do nothing

-- Insert what an import would change, to be looked at.
--
-- grain:      one row per difference
-- reads:      nothing
-- writes:     telecom_tariff_import_line
-- params:     import_id, lines (JSON list of objects whose keys are the columns),
--             user_id (people only see transient records of their own)
-- idempotent: no
insert into telecom_tariff_import_line (
    import_id,
    change,
    name,
    line_number,
    before,
    after,
    create_uid,
    create_date,
    write_uid,
    write_date
)
select
    %(import_id)s,
    difference.change,
    difference.name,
    difference.line_number,
    difference.before,
    difference.after,
    %(user_id)s as create_uid,
    now() at time zone 'UTC' as create_date,
    %(user_id)s as write_uid,
    now() at time zone 'UTC' as write_date
from jsonb_to_recordset(%(lines)s::jsonb) as difference (
        change varchar,
        name varchar,
        line_number integer,
        before varchar,
        after varchar
    )

-- Step 20: an id that came before in the delivery, or another row for the same thing.
-- Grain:      one row per staged row after the first of its id, or of its unique key.
-- Reads:      telecom_migration_row, telecom_migration_file.
-- Writes:     telecom_migration_row (state), telecom_migration_issue.
-- Params:     run_id, kind.
-- Idempotent: yes; only rows still to do are looked at.
with

numbered as (
    select
        staged.id,
        staged.file_id,
        staged.line_number,
        staged.external_id,
        staged.unique_key,
        row_number() over same_id as place,
        first_value(staged.line_number) over same_id as first_line,
        first_value(staged.file_id) over same_id as first_file_id
    from telecom_migration_row as staged
    where
        staged.run_id = %(run_id)s
        and staged.kind = %(kind)s
        and staged.state = 'staged'
    window same_id as (
        partition by staged.external_id
        order by staged.id
    )
),

keyed as (
    select
        numbered.*,
        row_number() over same_key as key_place,
        first_value(numbered.line_number) over same_key as key_line,
        first_value(numbered.file_id) over same_key as key_file_id
    from numbered
    where
        numbered.place = 1
        and numbered.unique_key is not null
    window same_key as (
        partition by numbered.unique_key
        order by numbered.id
    )
),

twice as (
    select
        id,
        file_id,
        line_number,
        external_id,
        external_id as value,
        'twice' as code,
        first_line,
        first_file_id
    from numbered
    where place > 1
    union all
    select
        id,
        file_id,
        line_number,
        external_id,
        unique_key as value,
        'key_twice' as code,
        key_line as first_line,
        key_file_id as first_file_id
    from keyed
    where key_place > 1
),

refused as (
    update telecom_migration_row as staged
    set state = 'refused'
    from twice
    where staged.id = twice.id
)

insert into telecom_migration_issue (
    run_id,
    file_id,
    kind,
    line_number,
    external_id,
    value,
    code,
    expected,
    severity
)
select
    %(run_id)s,
    twice.file_id,
    %(kind)s,
    twice.line_number,
    twice.external_id,
    twice.value,
    twice.code,
    case
        when twice.first_file_id = twice.file_id then twice.first_line::text
        else concat(twice.first_line, ' (', first_file.name, ')')
    end,
    'refused'
from twice
inner join telecom_migration_file as first_file
    on twice.first_file_id = first_file.id
order by twice.id

-- Step 60: list the keys that more partners share than can be one person: the phone of
--          an office, an invented mail address. They are left out of all comparing.
-- Grain:      one row per key.
-- Reads:      telecom_partner_key, res_partner.
-- Writes:     telecom_partner_finding.
-- Params:     max_block, user_id.
-- Idempotent: yes; what people wrote about a finding stays.
insert into telecom_partner_finding (
    kind,
    value,
    partner_count,
    company_id,
    state,
    create_uid,
    create_date,
    write_uid,
    write_date
)
select
    block.kind,
    block.value,
    block.partner_count,
    block.company_id,
    'open' as state,
    %(user_id)s as create_uid,
    now() at time zone 'utc' as create_date,
    %(user_id)s as write_uid,
    now() at time zone 'utc' as write_date
from (
    select
        partner_key.kind,
        partner_key.value,
        count(*) as partner_count,
        case
            when min(partner.company_id) = max(partner.company_id)
                then min(partner.company_id)
        end as company_id
    from (
        select
            kind,
            value
        from telecom_partner_key
        group by kind, value
        having count(*) > %(max_block)s
    ) as large
    inner join telecom_partner_key as partner_key
        on
            large.kind = partner_key.kind
            and large.value = partner_key.value
    inner join res_partner as partner on partner_key.partner_id = partner.id
    group by partner_key.kind, partner_key.value
) as block
on conflict (kind, value) do update
    set
        partner_count = excluded.partner_count,
        company_id = excluded.company_id,
        write_date = excluded.write_date
    where
    telecom_partner_finding.partner_count <> excluded.partner_count
    or telecom_partner_finding.company_id is distinct from excluded.company_id

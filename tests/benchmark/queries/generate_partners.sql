-- Partners as a large cooperative has them, with their keys, for partner_duplicates.py.
-- Grain:      one row per partner; four to six keys each.
-- Reads:      nothing.
-- Writes:     res_partner, telecom_partner_key.
-- Params:     partner_count.
-- Idempotent: no.
-- One in eight is somebody written down before, without tax ID and with the names
-- turned round; one in five shares phone and address with somebody of another name;
-- one in two hundred has the phone of an office. Names are made of syllables that are
-- written as they sound, so that their keys can be made here.
with tokens as (
    select
        array_agg(one.part || two.part || three.part) as names
    from unnest(array['ba', 'ru', 'mi', 'to', 'de', 'na', 'lo', 'pe', 'ri', 'ma', 'tu', 'do', 'ne', 'pa', 'li']) as one (part)
    cross join unnest(array['ra', 'mo', 'ti', 'na', 'le', 'du', 'po', 'be', 'ri', 'na', 'lu', 'ta', 'me', 'do', 'pi']) as two (part)
    cross join unnest(array['no', 'da', 'mir', 'ler', 'ta', 'bo', 'nal', 'rip', 'mo', 'tel', 'du', 'pal']) as three (part)
),

people as (
    select
        n,
        -- The person this row is about: eight in a hundred were here before.
        case when n %% 8 = 7 then n - 5 else n end as person,
        n %% 8 = 7 as is_again,
        case when n %% 5 = 4 then n - 1 else n end as home
    from generate_series(1, %(partner_count)s::bigint) as n
),

facts as (
    select
        nextval('res_partner_id_seq')::int as id,
        n,
        is_again,
        person,
        tokens.names[1 + (power(((person * 7919) %% 1000)::float / 1000, 3) * 120)::int] as given,
        tokens.names[200 + (power(((person * 104729) %% 10007)::float / 10007, 2) * 2300)::int] as father,
        tokens.names[200 + (power(((person * 1299709) %% 10009)::float / 10009, 2) * 2300)::int] as mother,
        '08' || lpad((power(((home * 15485863) %% 10037)::float / 10037, 2) * 900)::int::text, 3, '0') as zip,
        (1 + (home * 31) %% 180)::text as house,
        tokens.names[(300 + (home * 2750159) %% 2200)::int] as street,
        case
            when n %% 200 = 0 then '+34931000' || lpad((n %% 1000 / 10)::text, 3, '0')
            else '+346' || lpad((10000000 + home)::text, 8, '0')
        end as phone,
        lpad((20000000 + person)::text, 8, '0') as digits
    from people
    cross join tokens
),

inserted as (
    insert into res_partner (
        id, commercial_partner_id, name, complete_name, type, active, is_company, vat, phone, email, street, zip,
        city, country_id, lang, autopost_bills, telecom_key_version, telecom_partner_kind,
        telecom_completeness, telecom_validity, telecom_quality_score, ref
    )
    select
        facts.id, facts.id, written.name, written.name, 'contact', true, false,
        case when not is_again then 'ES' || digits || substr('TRWAGMYFPDXBNJZSQVHLCKE', 1 + digits::int %% 23, 1) end,
        phone,
        case when n %% 3 <> 1 or is_again then person || '@example.org' end,
        'Carrer ' || street || ' ' || house,
        zip, 'Vila', country.id, 'en_US', 'ask', 1, 'person', 90, 100, 90, 'B' || n
    from facts
    cross join lateral (
        select
            case
                when is_again then upper(father || ' ' || mother || ', ' || given)
                else initcap(given || ' ' || father || ' ' || mother)
            end as name
    ) as written
    cross join (select country.id from res_country as country where country.code = 'ES') as country
    returning id, vat, phone, email, zip
),

words as (
    select
        facts.id,
        string_agg(distinct word, ' ' order by word) as sorted_name
    from facts
    cross join lateral unnest(array[given, father, mother]) as word
    group by facts.id
)

insert into telecom_partner_key (partner_id, kind, value)
select
    inserted.id,
    partner_key.kind,
    partner_key.value
from inserted
inner join facts on inserted.id = facts.id
inner join words on facts.id = words.id
cross join lateral (
    values
    ('tax_id', inserted.vat),
    ('phone', inserted.phone),
    ('email', inserted.email),
    ('name_zip', inserted.zip || ' ' || words.sorted_name),
    ('address', inserted.zip || ' ' || facts.house || ' ' || facts.street)
) as partner_key (kind, value)
where partner_key.value is not null

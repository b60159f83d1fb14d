-- Step 30: write down suspected pairs; what was decided about a pair stays.
-- Grain:      one row per pair of partners, the lower id first.
-- Reads:      telecom_partner_duplicate.
-- Writes:     telecom_partner_duplicate.
-- Params:     partner_ids, other_ids, verdicts, points, reasons (arrays of equal
--             length), user_id.
-- Idempotent: yes.
insert into telecom_partner_duplicate (
    partner_id,
    other_partner_id,
    state,
    verdict,
    points,
    reason_codes,
    create_uid,
    create_date,
    write_uid,
    write_date
)
select distinct on (partner_id, other_partner_id)
    least(found.one_id, found.other_id) as partner_id,
    greatest(found.one_id, found.other_id) as other_partner_id,
    'open' as state,
    found.verdict,
    found.points,
    found.reason_codes,
    %(user_id)s as create_uid,
    now() at time zone 'utc' as create_date,
    %(user_id)s as write_uid,
    now() at time zone 'utc' as write_date
from
    unnest(
        %(partner_ids)s::integer[],
        %(other_ids)s::integer[],
        %(verdicts)s::text[],
        %(points)s::integer[],
        %(reasons)s::text[]
    ) as found (one_id, other_id, verdict, points, reason_codes)
on conflict (partner_id, other_partner_id) do update
    set
        verdict = excluded.verdict,
        points = excluded.points,
        reason_codes = excluded.reason_codes
    where
    telecom_partner_duplicate.state = 'open'
    and telecom_partner_duplicate.points <> excluded.points

-- Step 40: what was found or decided about partners that are merged holds for the one
--          that stays; where it had a pair of its own, what was decided wins.
-- Grain:      one row per pair of the partner that stays and a third one.
-- Reads:      telecom_partner_duplicate.
-- Writes:     telecom_partner_duplicate.
-- Params:     source_ids (partners that go), target_id (the one that stays).
-- Idempotent: yes.
insert into telecom_partner_duplicate (
    partner_id,
    other_partner_id,
    state,
    verdict,
    points,
    reason_codes,
    note,
    decided_by_id,
    decided_at,
    create_uid,
    create_date,
    write_uid,
    write_date
)
select distinct on (third.partner_id)
    least(third.partner_id, %(target_id)s) as partner_id,
    greatest(third.partner_id, %(target_id)s) as other_partner_id,
    pair.state,
    pair.verdict,
    pair.points,
    pair.reason_codes,
    pair.note,
    pair.decided_by_id,
    pair.decided_at,
    pair.create_uid,
    pair.create_date,
    pair.write_uid,
    pair.write_date
from telecom_partner_duplicate as pair
cross join
    lateral (
        select
            case
                when pair.partner_id = any(%(source_ids)s) then pair.other_partner_id
                else pair.partner_id
            end as partner_id
    ) as third
where
    (
        pair.partner_id = any(%(source_ids)s)
        or pair.other_partner_id = any(%(source_ids)s)
    )
    and third.partner_id <> %(target_id)s
    and third.partner_id <> all(%(source_ids)s)
order by third.partner_id asc, pair.decided_at desc nulls last, pair.points desc
on conflict (partner_id, other_partner_id) do update
    set
        state = excluded.state,
        note = excluded.note,
        decided_by_id = excluded.decided_by_id,
        decided_at = excluded.decided_at
    where
    telecom_partner_duplicate.state = 'open'
    and excluded.state <> 'open'

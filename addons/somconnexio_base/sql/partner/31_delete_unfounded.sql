-- Step 31: forget the open pairs of partners whose data no longer speak for them.
-- Grain:      one row per pair.
-- Reads:      telecom_partner_duplicate.
-- Writes:     telecom_partner_duplicate.
-- Params:     all_partner_ids (whose pairs are told in full), partner_ids, other_ids
--             (arrays of equal length: the pairs that are founded, in any order).
-- Idempotent: yes.
delete from telecom_partner_duplicate as pair
where
    pair.state = 'open'
    and (
        pair.partner_id = any(%(all_partner_ids)s)
        or pair.other_partner_id = any(%(all_partner_ids)s)
    )
    and not exists (
        select
        from
            unnest(%(partner_ids)s::integer[], %(other_ids)s::integer[])
                as kept (one_id, other_id)
        where
            least(kept.one_id, kept.other_id) = pair.partner_id
            and greatest(kept.one_id, kept.other_id) = pair.other_partner_id
    )

-- Step 10: the partners that share a key with what somebody is about to write down,
--          and which kinds of keys they share.
-- Grain:      one row per subject and partner.
-- Reads:      telecom_partner_key, by its index on value: milliseconds at any size.
-- Writes:     nothing.
-- Params:     subjects, kinds, key_values (arrays of equal length: number of the
--             subject, kind and value of one of its keys), max_block (blocks with more
--             partners prove nothing and are left out).
-- Idempotent: yes.
with wanted as (
    select
        wanted.subject,
        wanted.kind,
        wanted.value
    from
        unnest(%(subjects)s::integer[], %(kinds)s::text[], %(key_values)s::text[])
            as wanted (subject, kind, value)
),

found as (
    select
        wanted.subject,
        wanted.kind,
        holder.partner_id,
        count(*) over (
            partition by wanted.subject, wanted.kind, wanted.value
        ) as block_size
    from wanted
    cross join lateral (
        select partner_key.partner_id
        from telecom_partner_key as partner_key
        where
            partner_key.value = wanted.value
            and partner_key.kind = wanted.kind
        order by partner_key.partner_id
        limit %(max_block)s + 2
    ) as holder
)

-- The subject itself may be one of the block: hence one more.
select
    subject,
    partner_id,
    array_agg(distinct kind) as kinds
from found
where block_size <= %(max_block)s + 1
group by subject, partner_id

-- Step 50: the quality of partners' data by the system they came from.
-- Grain:      one row per partner and other system that names it; one row without a
--             system for a partner that none names.
-- Reads:      res_partner, telecom_external_id.
-- Writes:     nothing: the model telecom.partner.quality reads it.
-- Params:     none.
-- Idempotent: yes.
select
    partner.id * 1000::bigint
    + row_number() over (
        partition by partner.id
        order by source.system
    ) as id,
    partner.id as partner_id,
    source.system,
    partner.telecom_partner_kind,
    partner.telecom_completeness,
    partner.telecom_validity,
    partner.telecom_quality_score
from res_partner as partner
left join (
    select distinct
        link.res_id as partner_id,
        link.system
    from telecom_external_id as link
    where link.res_model = 'res.partner'
) as source
    on partner.id = source.partner_id
where
    partner.active
    and partner.parent_id is null
    and partner.telecom_quality_score is not null

-- Facts of assignments: what their records say of the columns that are compared.
-- Grain:      one row per row of the source that was taken. A reference that leads to
--             where the source says is written as the source writes it, even when two
--             of its records were merged here; another one as # and the id here.
-- Reads:      migration_taken, telecom_external_id,
--             telecom_resource_assignment, res_company.
-- Writes:     migration_fact.
-- Params:     base_system (of references).
-- Idempotent: the caller empties migration_fact before.
insert into migration_fact (external_id, facts, amount)
select
    taken.external_id,
    concat_ws(
        '|',
        case
            when holder.res_id = assignment.subscription_id
                then taken.content ->> 'subscription'
            else '#' || coalesce(assignment.subscription_id::text, '')
        end,
        case
            when held.res_id = assignment.resource_id
                then taken.content ->> 'resource'
            else '#' || coalesce(assignment.resource_id::text, '')
        end,
        coalesce(
            (
                assignment.start_at at time zone 'utc'
                at time zone company.telecom_timezone
            )::date::text,
            ''
        ),
        coalesce(
            (
                (assignment.end_at - interval '1 second')
                at time zone 'utc' at time zone company.telecom_timezone
            )::date::text,
            ''
        )
    ),
    null
from migration_taken as taken
inner join telecom_resource_assignment as assignment
    on taken.res_id = assignment.id
inner join res_company as company
    on assignment.company_id = company.id
left join telecom_external_id as holder
    on
        holder.system = %(base_system)s
        and holder.res_model = 'contract.contract'
        and holder.external_id = taken.content ->> 'subscription'
left join telecom_external_id as held
    on
        held.system = %(base_system)s
        and held.res_model = 'telecom.resource'
        and held.external_id = taken.content ->> 'resource'

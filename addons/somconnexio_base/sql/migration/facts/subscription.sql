-- Facts of subscriptions: what their records say of the columns that are compared.
-- Grain:      one row per row of the source that was taken. A reference that leads to
--             where the source says is written as the source writes it, even when two
--             of its records were merged here; another one as # and the id here.
-- Reads:      migration_taken, telecom_external_id,
--             contract_contract, telecom_service_type.
-- Writes:     migration_fact.
-- Params:     base_system (of references).
-- Idempotent: the caller empties migration_fact before.
insert into migration_fact (external_id, facts, amount)
select
    taken.external_id,
    concat_ws(
        '|',
        case
            when holder.res_id = subscription.partner_id
                then taken.content ->> 'partner'
            else '#' || coalesce(subscription.partner_id::text, '')
        end,
        case
            when owner.res_id = subscription.telecom_billing_account_id
                then taken.content ->> 'billing_account'
            else '#' || coalesce(subscription.telecom_billing_account_id::text, '')
        end,
        coalesce(service_type.code, ''),
        coalesce(subscription.telecom_state, ''),
        coalesce(subscription.activation_date::text, ''),
        coalesce(subscription.suspension_date::text, ''),
        coalesce(subscription.termination_date::text, '')
    ),
    null
from migration_taken as taken
inner join contract_contract as subscription
    on taken.res_id = subscription.id
left join telecom_service_type as service_type
    on subscription.telecom_service_type_id = service_type.id
left join telecom_external_id as holder
    on
        holder.system = %(base_system)s
        and holder.res_model = 'res.partner'
        and holder.external_id = taken.content ->> 'partner'
left join telecom_external_id as owner
    on
        owner.system = %(base_system)s
        and owner.res_model = 'telecom.billing.account'
        and owner.external_id = taken.content ->> 'billing_account'

-- Step 94: remove archived usage that no legal hold is on any more.
-- Grain:      one row per archived row.
-- Reads:      telecom_legal_hold, res_company.
-- Writes:     telecom_held_usage.
-- Idempotent: yes.
delete from telecom_held_usage as held
using res_company as company
where
    held.company_id = company.id
    and company.telecom_is_usage_held is not true
    and not exists (
        select
        from telecom_legal_hold as hold
        where
            hold.released_at is null
            and (
                hold.subscription_id = held.subscription_id
                or hold.billing_account_id = held.billing_account_id
            )
    )

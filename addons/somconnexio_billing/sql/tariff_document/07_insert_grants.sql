-- Insert the one-shot allowances that subscriptions bought.
--
-- grain:      one row per grant
-- reads:      nothing
-- writes:     telecom_allowance_grant
-- params:     grants (JSON list of objects whose keys are the columns; turn: their
--             order), company_id
-- idempotent: no
insert into telecom_allowance_grant (
    subscription_id,
    company_id,
    allowance_id,
    valid_from_at,
    expires_at,
    quantity
)
select
    bought.subscription_id,
    %(company_id)s,
    bought.allowance_id,
    bought.valid_from_at,
    bought.expires_at,
    bought.quantity
from jsonb_to_recordset(%(grants)s::jsonb) as bought (
        subscription_id integer,
        allowance_id integer,
        valid_from_at timestamp,
        expires_at timestamp,
        quantity numeric,
        turn integer
    )
order by bought.turn asc

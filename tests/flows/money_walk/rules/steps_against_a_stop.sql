-- Rule:  nobody gets a step of the ladder while all that is overdue is disputed, or with
--        a plan in force, or on hold.
-- Grain: a step that was taken all the same.
select
    account.code,
    event.kind,
    step.name
from telecom_dunning_event as event
inner join telecom_dunning_case as dunning on event.case_id = dunning.id
inner join telecom_billing_account as account
    on dunning.billing_account_id = account.id
left join telecom_dunning_step as step on event.step_id = step.id
where
    event.kind = 'step'
    and event.id > %(last_event_id)s
    and account.id = any(%(stopped_ids)s)

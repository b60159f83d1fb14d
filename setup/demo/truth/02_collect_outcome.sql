-- Collect what became of each row of each loaded file.
--
-- A row that is told of twice stays twice: the comparison shows it.
--
-- grain:  one row per event or rejection
-- reads:  telecom_usage_file, telecom_usage_event, telecom_usage_rejection,
--         contract_contract
-- writes: outcome (temporary)
create temporary table outcome on commit drop as
select
    file.name as file_name,
    event.line_number,
    case
        when event.state in ('guided', 'recycled') then 'guided'
        else event.state
    end as outcome,
    coalesce(event.reason, '') as reason,
    case
        when event.state in ('guided', 'recycled') then subscription.code
        else ''
    end as subscription_code
from telecom_usage_event as event
inner join telecom_usage_file as file on event.file_id = file.id
left join contract_contract as subscription
    on event.subscription_id = subscription.id

union all

select
    file.name as file_name,
    rejection.line_number,
    'rejected' as outcome,
    rejection.reason,
    '' as subscription_code
from telecom_usage_rejection as rejection
inner join telecom_usage_file as file on rejection.file_id = file.id
where rejection.state = 'rejected';

-- Find the rows whose outcome is not the one foretold, by file and line.
--
-- grain: one row per difference; none when all is as it must be
-- reads: truth, outcome (temporary)
select
    coalesce(truth.file_name, outcome.file_name) as file_name,
    coalesce(truth.line_number, outcome.line_number) as line_number,
    truth.defect,
    concat_ws(
        ' ',
        truth.outcome,
        nullif(truth.reason, ''),
        nullif(truth.subscription_code, '')
    ) as expected,
    concat_ws(
        ' ',
        outcome.outcome,
        nullif(outcome.reason, ''),
        nullif(outcome.subscription_code, '')
    ) as found
from truth
full join outcome
    on
        truth.file_name = outcome.file_name
        and truth.line_number = outcome.line_number
where
    (truth.outcome, truth.reason, truth.subscription_code)
    is distinct from
    (outcome.outcome, outcome.reason, coalesce(outcome.subscription_code, ''))
order by file_name, line_number;

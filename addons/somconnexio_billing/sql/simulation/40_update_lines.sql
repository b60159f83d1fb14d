-- Simulation: write what a chunk's usage costs, beside what it cost.
--
-- grain:      one row per subscription of a chunk
-- reads:      telecom_rated_usage (the real one)
-- writes:     telecom_rating_simulation_line
-- params:     simulation_id, chunk, start_at and end_at (UTC), simulated (JSON list of
--             the rows of step 30)
-- idempotent: the same amounts again change nothing
with simulated as (
    select
        row_.subscription_id,
        row_.event_count,
        row_.unrated_count,
        row_.new_amount
    from
        jsonb_to_recordset(%(simulated)s::jsonb) as row_ (
            subscription_id integer,
            event_count integer,
            unrated_count integer,
            new_amount numeric
        )
),

billed as (
    select
        rated.subscription_id,
        sum(rated.amount) as old_amount
    from telecom_rated_usage as rated
    inner join simulated on rated.subscription_id = simulated.subscription_id
    where
        rated.started_at >= %(start_at)s
        and rated.started_at < %(end_at)s
    group by rated.subscription_id
),

worked_out as (
    select
        line.id,
        coalesce(simulated.event_count, 0) as event_count,
        coalesce(simulated.unrated_count, 0) as unrated_count,
        coalesce(billed.old_amount, 0) as old_amount,
        coalesce(simulated.new_amount, 0) as new_amount
    from telecom_rating_simulation_line as line
    left join simulated on line.subscription_id = simulated.subscription_id
    left join billed on line.subscription_id = billed.subscription_id
    where
        line.simulation_id = %(simulation_id)s
        and line.chunk = %(chunk)s
)

update telecom_rating_simulation_line as line
set
    event_count = worked_out.event_count,
    unrated_count = worked_out.unrated_count,
    old_amount = worked_out.old_amount,
    new_amount = worked_out.new_amount,
    difference = worked_out.new_amount - worked_out.old_amount,
    is_done = true
from worked_out
where line.id = worked_out.id;

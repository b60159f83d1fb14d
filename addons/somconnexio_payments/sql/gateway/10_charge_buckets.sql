-- Step 10: take tokens out of the buckets of a call; fill them up first.
-- Grain:      one row per bucket
-- Reads:      telecom_payment_gateway_bucket
-- Writes:     telecom_payment_gateway_bucket
-- Params:     keys, capacities, refills (tokens a second), costs: arrays of one length;
--             charged_at (UTC)
-- Idempotent: no, each run is a call.
-- Rule:       a bucket that hasn't the tokens loses none and says no; a cost of nothing
--             asks whether one is left.
insert into telecom_payment_gateway_bucket as bucket (
    key, tokens, is_allowed, updated_at
)
select
    charge.key,
    charge.capacity - charge.cost,
    true,
    %(charged_at)s::timestamp
from
    unnest(
        %(keys)s::varchar[],
        %(capacities)s::float[],
        %(refills)s::float[],
        %(costs)s::float[]
    ) as charge (key, capacity, refill, cost)
order by charge.key
on conflict (key) do update
    set
        (tokens, is_allowed, updated_at) = (
            select
                case
                    when filled.level >= greatest(filled.cost, 1)
                        then filled.level - filled.cost
                    else filled.level
                end,
                filled.level >= greatest(filled.cost, 1),
                greatest(excluded.updated_at, bucket.updated_at)
            from (
                select
                    charge.cost,
                    least(
                        charge.capacity,
                        bucket.tokens
                        + charge.refill * greatest(
                            0,
                            extract(
                                epoch from excluded.updated_at - bucket.updated_at
                            )
                        )
                    ) as level
                from
                    unnest(
                        %(keys)s::varchar[],
                        %(capacities)s::float[],
                        %(refills)s::float[],
                        %(costs)s::float[]
                    ) as charge (key, capacity, refill, cost)
                where charge.key = excluded.key
            ) as filled
        )
returning key, is_allowed

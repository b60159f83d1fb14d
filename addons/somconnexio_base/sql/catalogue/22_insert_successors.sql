-- Step 22: the lines that ended go on, at the new price.
-- Grain:      one row per line of the plan that begins before the day
-- Reads:      telecom_price_change_line, contract_line
-- Writes:     contract_line, telecom_price_change_line (successor_line_id)
-- Params:     change_id, first_date, user_id
-- Idempotent: a line that has its successor gets no other.
-- Rule:       the successor is the line itself but for its days, its price and where
--             it comes from, whatever columns other addons give to lines.
with

successor as (
    select
        plan.id as plan_id,
        plan.contract_line_id,
        plan.date_end,
        plan.new_price,
        nextval('contract_line_id_seq') as line_id
    from telecom_price_change_line as plan
    inner join contract_line as line
        on plan.contract_line_id = line.id
    where
        plan.change_id = %(change_id)s
        and plan.successor_line_id is null
        and line.date_start < %(first_date)s
),

inserted as (
    insert into contract_line
    select made.* -- noqa: AM04
    from successor
    inner join contract_line as line
        on successor.contract_line_id = line.id
    cross join
        lateral jsonb_populate_record(
            line,
            jsonb_build_object(
                'id', successor.line_id,
                'date_start', %(first_date)s::date,
                'date_end', successor.date_end,
                'recurring_next_date', %(first_date)s::date,
                'last_date_invoiced', null,
                'specific_price', successor.new_price,
                'telecom_price_change_id', %(change_id)s,
                'create_uid', %(user_id)s,
                'create_date', now() at time zone 'UTC',
                'write_uid', %(user_id)s,
                'write_date', now() at time zone 'UTC'
            )
        ) as made
)

update telecom_price_change_line as plan
set successor_line_id = successor.line_id
from successor
where plan.id = successor.plan_id

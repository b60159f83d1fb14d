-- Create the rounding of tariffs, for the steps that price.
--
-- The planner puts its text in the place of its call: it costs nothing to call it.
--
-- grain:      nothing is read or written but the definition
-- reads:      nothing
-- writes:     telecom_round_amount(amount, digits, method)
-- idempotent: replaces the function
create or replace function telecom_round_amount(
    amount numeric, digits integer, method varchar
) returns numeric language sql immutable parallel safe
return
case
    when method = 'half_up' then round(amount, digits)
    when method = 'down' then trunc(amount, digits)
    when method = 'up'
        then
            round(
                ceil(amount * 10::numeric ^ digits) / 10::numeric ^ digits, digits
            )
    -- Half to even: a tie above an even digit goes down, all else to the nearest.
    when mod(amount * 10::numeric ^ digits, 2) = 0.5 then trunc(amount, digits)
    else round(amount, digits)
end;

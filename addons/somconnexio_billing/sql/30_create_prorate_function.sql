-- Create the share of a monthly amount that some days of the month cost.
--
-- In full, any day costs the whole month; by thirtieths, least(d, 30) / 30; else by the
-- days of the month. All days of a month cost its amount, whichever the convention.
-- It multiplies first and divides last, to six decimals more than the amount has: a
-- month has 28 to 31 days, so what isn't half a cent is never taken for half a cent.
--
-- grain:      nothing is read or written but the definition
-- reads:      nothing
-- writes:     telecom_prorate(amount, day_count, month_days, method); not rounded
-- idempotent: replaces the function
create or replace function telecom_prorate(
    amount numeric, day_count numeric, month_days numeric, method varchar
) returns numeric language sql immutable parallel safe
return
case
    when method = 'full_month' then amount * least(day_count, 1)
    when day_count >= month_days then amount
    when method = 'thirty_days'
        then amount * least(day_count, 30)::numeric(20, 6) / 30
    else amount * day_count::numeric(20, 6) / month_days
end;

-- Create the convention by which a part of a month is paid.
--
-- It is the product's or tariff's, by the days of the month where it has none. Who
-- withdraws from the contract in time pays for the days of service only, whatever was
-- agreed (art. 108.3 of RDL 1/2007).
--
-- grain:      nothing is read or written but the definition
-- reads:      nothing
-- writes:     telecom_fee_convention(agreed, is_withdrawn), a method of telecom_prorate
-- idempotent: replaces the function
create or replace function telecom_fee_convention(
    agreed varchar, is_withdrawn boolean
) returns varchar language sql immutable parallel safe
return
case
    when agreed = 'full_month' and is_withdrawn is true then 'days_of_month'
    else coalesce(agreed, 'days_of_month')
end;

-- Give rates new values, from the same first day on.
--
-- grain:      one row per rate
-- reads:      nothing
-- writes:     telecom_tariff_rate
-- params:     rates (JSON list of objects whose keys are the columns; numbers as text),
--             user_id
-- idempotent: yes
update telecom_tariff_rate as rate
set
    setup_fee = changed.setup_fee,
    setup_on_zero = changed.setup_on_zero,
    setup_on_covered = changed.setup_on_covered,
    unit_price = changed.unit_price,
    price_unit = changed.price_unit,
    first_increment = changed.first_increment,
    next_increment = changed.next_increment,
    minimum_quantity = changed.minimum_quantity,
    minimum_charge = changed.minimum_charge,
    maximum_charge = changed.maximum_charge,
    price_mode = changed.price_mode,
    category_id = changed.category_id,
    write_uid = %(user_id)s,
    write_date = now() at time zone 'UTC'
from jsonb_to_recordset(%(rates)s::jsonb) as changed (
        id integer,
        setup_fee numeric,
        setup_on_zero boolean,
        setup_on_covered boolean,
        unit_price numeric,
        price_unit numeric,
        first_increment numeric,
        next_increment numeric,
        minimum_quantity numeric,
        minimum_charge numeric,
        maximum_charge numeric,
        price_mode varchar,
        category_id integer
    )
where rate.id = changed.id

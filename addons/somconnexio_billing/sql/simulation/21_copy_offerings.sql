-- Simulation: copy the offerings, so that the sandbox can give them another tariff.
--
-- grain:      one row per product template
-- reads:      product_template
-- writes:     product_template (temporary: the sandbox's)
-- idempotent: made once in a sandbox
create temporary table product_template on commit drop as
select *
from public.product_template;

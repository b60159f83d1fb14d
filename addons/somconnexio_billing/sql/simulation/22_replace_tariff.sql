-- Simulation: give the offerings of the sandbox another tariff; allowances stay.
--
-- grain:      one row per offering that has a tariff
-- reads:      product_product
-- writes:     product_template (of the sandbox)
-- params:     tariff_id, from_product_ids (null: all)
-- idempotent: the same tariff again changes nothing
update product_template as offering
set telecom_tariff_id = %(tariff_id)s
where
    offering.telecom_tariff_id is not null
    and (
        %(from_product_ids)s::integer[] is null
        or exists (
            select
            from product_product as product
            where
                product.product_tmpl_id = offering.id
                and product.id = any(%(from_product_ids)s::integer[])
        )
    );

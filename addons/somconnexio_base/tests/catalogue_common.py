# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
"""A pack of a fibre and mobiles, and one of shared data, for tests."""

from odoo import Command, fields

from .common import SomconnexioCommon


class CatalogueCommon(SomconnexioCommon):
    """Offerings ``single`` 10, ``pack_1`` 8, ``pack_2`` 6, ``fibre`` 30, a discount.

    The pack: a fibre, one to three mobiles; with one mobile it has ``pack_1``, with
    more ``pack_2``; with three the fibre has a discount of 3. When it ends a mobile has
    ``single``.
    """

    @classmethod
    def _set_up_catalogue(cls):
        result = super()._set_up_catalogue()
        cls.company.telecom_pricelist_id = False
        cls.single, cls.fibre = cls.offering_mobile, cls.offering_fibre
        cls.pack_1 = cls._create_offering("With fibre", 8)
        cls.pack_2 = cls._create_offering("With fibre, two or more", 6)
        cls.discount = cls._create_offering(
            "Discount of the pack", -3, service="fibre", telecom_kind="discount"
        )
        cls.pack = cls._create_pack(
            "PINYA",
            [("fibre", cls.type_fibre, 1, 1), ("mobile", cls.type_mobile, 1, 3)],
        )
        cls.slot_fibre, cls.slot_mobile = cls.pack.slot_ids
        cls.slot_mobile.offering_ids = cls.single.product_tmpl_id
        mobile = cls.slot_mobile
        cls._add_effect(mobile, cls.pack_1, counted=(mobile, 1, 1))
        cls._add_effect(mobile, cls.pack_2, counted=(mobile, 2, 0))
        cls._add_effect(cls.slot_fibre, cls.discount, counted=(mobile, 3, 3))
        cls._add_effect(mobile, cls.single, is_fallback=True)
        return result

    @classmethod
    def _create_pack(cls, code, parts):
        """Return a pack with parts (code, service type, minimum, maximum)."""
        return cls.env["telecom.pack"].create(
            {
                "name": code.title(),
                "code": f"TEST_{code}",
                "slot_ids": [
                    Command.create(
                        {
                            "code": part,
                            "name": part.title(),
                            "service_type_id": service_type.id,
                            "minimum": least,
                            "maximum": most,
                        }
                    )
                    for part, service_type, least, most in parts
                ],
            }
        )

    @classmethod
    def _add_effect(cls, slot, product, counted=None, **vals):
        """Add a row to a pack's table; ``counted`` is (part, from, to)."""
        if counted:
            part, count_from, count_to = counted
            vals |= {
                "counted_slot_id": part.id,
                "count_from": count_from,
                "count_to": count_to,
            }
        return cls.env["telecom.pack.effect"].create(
            {
                "pack_id": slot.pack_id.id,
                "slot_id": slot.id,
                "product_tmpl_id": product.product_tmpl_id.id,
                "sequence": len(slot.pack_id.effect_ids) + 1,
                **vals,
            }
        )

    @classmethod
    def _create_member(cls, offering=None, state="active", **vals):
        """Return a subscription of ``cls.account``."""
        return cls._create_subscription(
            offering or cls.single, account=cls.account, state=state, **vals
        )

    def _tariffs(self, subscription):
        """Return the tariff lines as (product, first day, last day)."""
        lines = subscription.contract_line_ids.filtered(
            lambda line: line.telecom_line_kind == "tariff"
        )
        return [
            (line.product_id, str(line.date_start), str(line.date_end or ""))
            for line in lines.sorted("date_start")
        ]

    def _assert_offering(self, subscription, product, day):
        """Check the tariff that is in force on a day."""
        line = subscription._tariff_in_force(self._day(day))
        self.assertEqual(line.product_id.name, product.name, subscription.display_name)

    @staticmethod
    def _day(text):
        """Return a date of a text."""
        return fields.Date.to_date(text)

# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
from odoo import api, fields, models

from ...catalogue import packs


class TelecomPack(models.Model):
    """Subscriptions that together get other offerings or discounts.

    Its slots say which subscriptions take part and how many; its table says what each
    of them gets for any number of members. Nothing of it is code.
    """

    _name = "telecom.pack"
    _description = "Pack"
    _order = "sequence, code, id"

    name = fields.Char(required=True, translate=True)
    code = fields.Char(
        required=True, copy=False, help="Stable name that other systems use."
    )
    sequence = fields.Integer(default=10)
    active = fields.Boolean(default=True)
    company_id = fields.Many2one("res.company", index="btree_not_null")
    scope = fields.Selection(
        [("account", "The same billing account"), ("holder", "The same holder")],
        string="Members have",
        required=True,
        default="account",
    )
    note = fields.Text(string="Explanation", translate=True)
    slot_ids = fields.One2many(
        "telecom.pack.slot", "pack_id", string="Parts", copy=True
    )
    effect_ids = fields.One2many(
        "telecom.pack.effect", "pack_id", string="What members get"
    )
    group_count = fields.Integer(compute="_compute_group_count")

    _code_unique = models.Constraint(
        "UNIQUE (code)", "Another pack already has this code."
    )

    def _compute_group_count(self):
        counts = dict(
            self.env["telecom.pack.group"]._read_group(
                [("pack_id", "in", self.ids)], ["pack_id"], ["__count"]
            )
        )
        for pack in self:
            pack.group_count = counts.get(pack, 0)

    @api.depends("code", "name")
    def _compute_display_name(self):
        for pack in self:
            pack.display_name = pack.name or pack.code

    def copy_data(self, default=None):
        """Override of ``base`` to give the copy a code of its own."""
        vals_list = super().copy_data(default)
        for pack, vals in zip(self, vals_list, strict=True):
            vals.setdefault("code", f"{pack.code}-copy")
        return vals_list

    def action_view_groups(self):
        """Open the packs that customers have."""
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "somconnexio_base.action_telecom_pack_group"
        )
        return {**action, "domain": [("pack_id", "=", self.id)]}

    def _slot_for(self, product):
        """Return the part that a subscription with an offering can take.

        :param product: product.template
        :return: telecom.pack.slot, empty when there is none
        """
        self.ensure_one()
        return self.slot_ids.filtered(lambda slot: slot._fits(product))[:1]

    def _pure_slots(self):
        """Return the slots as the pure functions take them."""
        return [
            packs.Slot(slot.id, minimum=slot.minimum, maximum=slot.maximum)
            for slot in self.slot_ids
        ]

    def _pure_rows(self):
        """Return the table as the pure functions take it; offerings by id."""
        rows = []
        for effect in self.effect_ids:
            is_offering = effect.product_tmpl_id.telecom_kind == "offering"
            product_id = effect.product_tmpl_id.id
            rows.append(
                packs.Row(
                    slot=effect.slot_id.id,
                    counted_slot=effect.counted_slot_id.id or None,
                    count_from=effect.count_from,
                    count_to=effect.count_to,
                    from_offering=effect.from_offering_id.id or None,
                    offering=product_id if is_offering else None,
                    extra=None if is_offering else product_id,
                    is_fallback=effect.is_fallback,
                )
            )
        return rows

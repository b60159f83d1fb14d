# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
from odoo import api, fields, models


class TelecomPackSlot(models.Model):
    """A part in a pack: the fibre, the mobiles."""

    _name = "telecom.pack.slot"
    _description = "Part of a Pack"
    _order = "pack_id, sequence, id"

    pack_id = fields.Many2one(
        "telecom.pack", required=True, index=True, ondelete="cascade"
    )
    company_id = fields.Many2one(related="pack_id.company_id", store=True)
    sequence = fields.Integer(default=10)
    name = fields.Char(required=True, translate=True)
    code = fields.Char(required=True)
    service_type_id = fields.Many2one(
        "telecom.service.type", required=True, ondelete="restrict"
    )
    minimum = fields.Integer(
        default=1, help="With fewer members the pack is not complete."
    )
    maximum = fields.Integer(default=1, help="0: no limit.")
    offering_ids = fields.Many2many(
        "product.template",
        "telecom_pack_slot_offering_rel",
        "slot_id",
        "product_tmpl_id",
        string="Offerings that can join",
        domain="[('telecom_kind', '=', 'offering'),"
        " ('telecom_service_type_id', '=', service_type_id)]",
        help="Empty: all offerings of the service type. Those that the pack itself "
        "gives can always.",
    )
    effect_ids = fields.One2many("telecom.pack.effect", "slot_id")

    _code_unique = models.Constraint(
        "UNIQUE (pack_id, code)", "Another part of this pack already has this code."
    )
    _members_check = models.Constraint(
        "CHECK (minimum >= 0 AND maximum >= 0 AND (maximum = 0 OR minimum <= maximum))",
        "A part has zero or more members, the least not above the most.",
    )

    @api.depends("pack_id.code", "code")
    def _compute_display_name(self):
        for slot in self:
            slot.display_name = f"{slot.pack_id.code or ''}/{slot.code or ''}"

    def _fits(self, product):
        """Tell whether a subscription with an offering can take this part.

        :param product: product.template
        """
        self.ensure_one()
        if product.telecom_service_type_id != self.service_type_id:
            return False
        given = self.effect_ids.product_tmpl_id
        return not self.offering_ids or product in self.offering_ids | given

# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
from odoo import api, fields, models
from odoo.exceptions import ValidationError


class TelecomPackEffect(models.Model):
    """A row of a pack's table: for so many members, the members of a part get this."""

    _name = "telecom.pack.effect"
    _description = "What Members of a Pack Get"
    _order = "pack_id, sequence, id"
    _rec_name = "product_tmpl_id"

    pack_id = fields.Many2one(
        "telecom.pack", required=True, index=True, ondelete="cascade"
    )
    company_id = fields.Many2one(related="pack_id.company_id", store=True)
    sequence = fields.Integer(default=10)
    is_fallback = fields.Boolean(
        string="When the pack ends",
        help="Holds while a part has too few members, and for a member that leaves "
        "without having chosen another offering.",
    )
    slot_id = fields.Many2one(
        "telecom.pack.slot",
        string="Members of",
        required=True,
        index=True,
        ondelete="cascade",
        domain="[('pack_id', '=', pack_id)]",
    )
    from_offering_id = fields.Many2one(
        "product.template",
        string="Who have",
        ondelete="restrict",
        domain=[("telecom_kind", "=", "offering")],
        help="Empty: with any offering.",
    )
    counted_slot_id = fields.Many2one(
        "telecom.pack.slot",
        string="While there are, of",
        ondelete="cascade",
        domain="[('pack_id', '=', pack_id)]",
        help="Whose members are counted. Empty: any number.",
    )
    count_from = fields.Integer(string="From")
    count_to = fields.Integer(string="To", help="0: no limit.")
    product_tmpl_id = fields.Many2one(
        "product.template",
        string="Get",
        required=True,
        ondelete="restrict",
        domain=[("telecom_kind", "in", ("offering", "addon", "discount"))],
        help="An offering takes the place of theirs; a discount or an add-on becomes "
        "a line of theirs while the row holds.",
    )

    _counts_check = models.Constraint(
        "CHECK (count_from >= 0 AND count_to >= 0"
        " AND (COALESCE(count_to, 0) = 0 OR COALESCE(count_from, 0) <= count_to))",
        "The numbers of members are zero or more, the least not above the most.",
    )

    @api.constrains(
        "pack_id", "slot_id", "counted_slot_id", "product_tmpl_id", "is_fallback"
    )
    def _check_row(self):
        for row in self:
            if (row.slot_id | row.counted_slot_id).pack_id != row.pack_id:
                raise ValidationError(
                    self.env._(
                        "The parts in a row of pack %s must be its own.",
                        row.pack_id.display_name,
                    )
                )
            row._check_product()

    def _check_product(self):
        """Refuse a product that the members of the part cannot get."""
        self.ensure_one()
        product = self.product_tmpl_id
        kind = product.telecom_kind
        service_type = self.slot_id.service_type_id
        if kind == "offering" and product.telecom_service_type_id != service_type:
            raise ValidationError(
                self.env._(
                    "%(product)s is no offering for %(type)s, which the part "
                    "%(slot)s is for.",
                    product=product.display_name,
                    type=service_type.name,
                    slot=self.slot_id.name,
                )
            )
        if kind not in ("offering", "addon", "discount"):
            raise ValidationError(
                self.env._(
                    "%s is no offering, add-on or discount.", product.display_name
                )
            )
        if self.is_fallback and kind != "offering":
            raise ValidationError(
                self.env._(
                    "When the pack ends its members get an offering; %s just ends.",
                    product.display_name,
                )
            )

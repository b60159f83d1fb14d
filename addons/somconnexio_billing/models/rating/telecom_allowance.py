# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
from odoo import api, fields, models

from .const import DIRECTIONS


class TelecomAllowance(models.Model):
    """Usage that an offering includes in each civil month."""

    _name = "telecom.allowance"
    _description = "Included usage"
    _inherit = ["telecom.priced.by.mixin"]
    _rated_usage_field = "allowance_id"
    _order = "product_tmpl_id, priority, sequence, id"

    name = fields.Char(required=True, translate=True)
    product_tmpl_id = fields.Many2one(
        "product.template",
        string="Offering",
        required=True,
        index=True,
        ondelete="cascade",
    )
    company_id = fields.Many2one(
        related="product_tmpl_id.company_id", store=True, index="btree_not_null"
    )
    usage_type_id = fields.Many2one(
        "telecom.usage.type", required=True, ondelete="restrict"
    )
    direction = fields.Selection(DIRECTIONS, required=True, default="outgoing")
    destination_ids = fields.Many2many(
        "telecom.destination",
        "telecom_allowance_destination_rel",
        "allowance_id",
        "destination_id",
        string="Destinations",
        help="Empty: any destination.",
    )
    include_home = fields.Boolean(
        string="Home network", default=True, help="Valid on the home network."
    )
    zone_ids = fields.Many2many(
        "telecom.roaming.zone",
        "telecom_allowance_zone_rel",
        "allowance_id",
        "zone_id",
        string="Roaming zones",
        help="Roaming zones in which it is valid too.",
    )
    is_unlimited = fields.Boolean(string="Unlimited")
    quantity = fields.Float(
        string="Quantity (base units)",
        digits=False,
        min_display_digits=0,
        aggregator=None,
        help="Included each month, in base units: seconds, bytes, messages.",
    )
    shown_quantity = fields.Float(
        string="Quantity",
        digits=False,
        min_display_digits=0,
        compute="_compute_shown_quantity",
        inverse="_inverse_shown_quantity",
        help="Included each month, in the unit that people read.",
    )
    shown_unit = fields.Char(
        string="Unit", related="usage_type_id.display_unit_name", readonly=True
    )
    priority = fields.Integer(
        default=10, help="The first allowance that fits an event takes it."
    )
    sequence = fields.Integer(default=10)
    active = fields.Boolean(default=True)

    _quantity_given = models.Constraint(
        "CHECK (is_unlimited IS TRUE OR COALESCE(quantity, 0) > 0)",
        "An allowance is unlimited or includes a quantity of more than zero.",
    )

    @api.depends("quantity", "usage_type_id")
    def _compute_shown_quantity(self):
        for allowance in self:
            factor = allowance.usage_type_id.display_factor or 1
            allowance.shown_quantity = allowance.quantity / factor

    @api.model_create_multi
    def create(self, vals_list):
        """Override of `base`: the quantity is there before the database checks it."""
        return super().create([self._with_base_quantity(vals) for vals in vals_list])

    def _with_base_quantity(self, vals):
        """Return values with the quantity that people gave in base units."""
        if "shown_quantity" not in vals or "quantity" in vals:
            return vals
        vals = dict(vals)
        usage_type = self.env["telecom.usage.type"].browse(vals.get("usage_type_id"))
        shown = vals.pop("shown_quantity")
        return {**vals, "quantity": shown * (usage_type.display_factor or 1)}

    def _inverse_shown_quantity(self):
        for allowance in self:
            factor = allowance.usage_type_id.display_factor or 1
            allowance.quantity = allowance.shown_quantity * factor

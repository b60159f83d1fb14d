# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
from odoo import fields, models

from .const import DIRECTIONS


class TelecomAllowance(models.Model):
    """Usage that an offering includes in each civil month."""

    _name = "telecom.allowance"
    _description = "Included usage"
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
        digits=False,
        min_display_digits=0,
        aggregator=None,
        help="Included each month, in base units: seconds, bytes, messages.",
    )
    priority = fields.Integer(
        default=10, help="The first allowance that fits an event takes it."
    )
    sequence = fields.Integer(default=10)
    active = fields.Boolean(default=True)

    _quantity_given = models.Constraint(
        "CHECK (is_unlimited OR quantity > 0)",
        "An allowance is unlimited or includes a quantity of more than zero.",
    )

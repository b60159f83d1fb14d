# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
from odoo import fields, models


class TelecomUsageCategory(models.Model):
    """A line of usage on the bill, with the product that accounts for it."""

    _name = "telecom.usage.category"
    _description = "Usage category"
    _inherit = ["telecom.priced.by.mixin"]
    _rated_usage_field = "category_id"
    _order = "sequence, name, id"

    name = fields.Char(required=True, translate=True)
    code = fields.Char(required=True)
    sequence = fields.Integer(default=10)
    product_id = fields.Many2one(
        "product.product",
        string="Invoice product",
        required=True,
        ondelete="restrict",
        domain=[("type", "=", "service")],
        help="Gives the invoice line its income account and taxes.",
    )
    is_itemised = fields.Boolean(
        default=True, help="Each event of the category is listed in the bill's detail."
    )
    active = fields.Boolean(default=True)

    _code_unique = models.Constraint(
        "UNIQUE (code)", "Another usage category has this code already."
    )

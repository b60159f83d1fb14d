# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
from odoo import fields, models


class TelecomUsageFormat(models.Model):
    _inherit = "telecom.usage.format"

    wholesale_tariff_id = fields.Many2one(
        "telecom.tariff",
        string="Wholesale tariff",
        domain=[("purpose", "=", "wholesale")],
        index="btree_not_null",
        ondelete="restrict",
        help="What the provider charges for usage whose cost isn't in the file.",
    )

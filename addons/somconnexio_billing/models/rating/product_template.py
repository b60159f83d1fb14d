# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
from odoo import fields, models


class ProductTemplate(models.Model):
    _inherit = "product.template"

    telecom_tariff_id = fields.Many2one(
        "telecom.tariff",
        string="Usage tariff",
        index="btree_not_null",
        ondelete="restrict",
        help="Prices of the usage of subscriptions to this offering.",
    )
    telecom_allowance_ids = fields.One2many(
        "telecom.allowance", "product_tmpl_id", string="Included usage", copy=True
    )

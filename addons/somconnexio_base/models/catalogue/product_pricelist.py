# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
from odoo import fields, models


class ProductPricelist(models.Model):
    _inherit = "product.pricelist"

    telecom_code = fields.Char(
        string="Catalogue code",
        copy=False,
        help="Name by which other programs ask for this list, such as 21IVA.",
    )
    telecom_tax_shown = fields.Boolean(
        string="Shown with tax",
        help="Offerings asked for by this list have their price with tax.",
    )

    _telecom_code_unique = models.UniqueIndex(
        "(telecom_code, COALESCE(company_id, 0)) WHERE telecom_code IS NOT NULL",
        "Another price list already has this catalogue code.",
    )

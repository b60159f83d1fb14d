# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
from datetime import datetime, timedelta
from itertools import pairwise

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

    def _telecom_chain_prices(self):
        """Let each dated price of a product end when its next one begins.

        The last one has no end.
        """
        self.ensure_one()
        dated = self.env["product.pricelist.item"].search(
            [
                ("pricelist_id", "=", self.id),
                ("product_tmpl_id.telecom_kind", "!=", False),
                ("compute_price", "=", "fixed"),
            ]
        )
        for items in dated.grouped("product_tmpl_id").values():
            items = items.sorted(lambda item: item.date_start or datetime.min)
            for item, following in pairwise(items):
                end = following.date_start - timedelta(seconds=1)
                if item.date_end != end:
                    item.date_end = end
            if items[-1:].date_end:
                items[-1:].date_end = False

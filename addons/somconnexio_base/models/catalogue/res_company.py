# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
from odoo import fields, models


class ResCompany(models.Model):
    _inherit = "res.company"

    telecom_pricelist_id = fields.Many2one(
        "product.pricelist",
        string="Catalogue price list",
        domain="[('company_id', 'in', (False, id))]",
        help="Prices of offerings by date. A new line of a subscription takes the "
        "price of its first day; the sales price where the list says nothing.",
    )

    def _telecom_dated_pricelist(self):
        """Return the price list of dated prices, made when there is none yet."""
        self.ensure_one()
        if not self.telecom_pricelist_id:
            pricelist = self.env["product.pricelist"].create(
                {
                    "name": self.env._("Telecom catalogue"),
                    "company_id": self.id,
                    "currency_id": self.currency_id.id,
                }
            )
            # Who keeps prices may not write on companies; this is all that is written.
            self.sudo().telecom_pricelist_id = pricelist
        return self.telecom_pricelist_id

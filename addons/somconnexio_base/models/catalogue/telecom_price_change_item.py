# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
from odoo import api, fields, models


class TelecomPriceChangeItem(models.Model):
    """The old and the new price of one product of the catalogue, without tax."""

    _name = "telecom.price.change.item"
    _description = "Price in a Price Change"
    _order = "change_id, product_tmpl_id"
    _rec_name = "product_tmpl_id"

    change_id = fields.Many2one(
        "telecom.price.change", required=True, index=True, ondelete="cascade"
    )
    company_id = fields.Many2one(related="change_id.company_id", store=True)
    product_tmpl_id = fields.Many2one(
        "product.template",
        string="Product",
        required=True,
        index=True,
        ondelete="restrict",
        domain=[("telecom_kind", "in", ("offering", "addon", "one_shot"))],
    )
    old_price = fields.Float(
        digits="Product Price",
        compute="_compute_old_price",
        store=True,
        readonly=False,
        precompute=True,
        copy=False,
        help="Lines in force at this price change; others were agreed otherwise.",
    )
    new_price = fields.Float(digits="Product Price", required=True)

    _product_once = models.Constraint(
        "UNIQUE (change_id, product_tmpl_id)",
        "A product has one new price: write it once.",
    )
    _new_price_not_negative = models.Constraint(
        "CHECK (new_price >= 0)", "A price is zero or more."
    )

    @api.depends("product_tmpl_id", "change_id.date")
    def _compute_old_price(self):
        for item in self:
            change = item.change_id
            product = item.product_tmpl_id
            if change.state == "planned" or not product:
                item.old_price = item.old_price
                continue
            company = change.company_id or self.env.company
            day = change.date or company._telecom_today()
            item.old_price = float(product._telecom_prices_on(day, company)[product.id])

    def _prepare_pricelist_item(self, pricelist, start_at):
        """Return the values of the dated price in the price list."""
        self.ensure_one()
        return {
            "pricelist_id": pricelist.id,
            "applied_on": "1_product",
            "product_tmpl_id": self.product_tmpl_id.id,
            "compute_price": "fixed",
            "fixed_price": self.new_price,
            "date_start": start_at,
            "telecom_price_change_id": self.change_id.id,
        }

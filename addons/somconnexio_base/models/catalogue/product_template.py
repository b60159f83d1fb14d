# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
from decimal import ROUND_HALF_UP, Decimal

from odoo import api, fields, models
from odoo.exceptions import ValidationError

from ...catalogue.cells import CellError, write_cell
from ...spreadsheet.text import Text as _

# pylint: disable=prefer-env-translation  # told in the user's language by the wizard


class ProductTemplate(models.Model):
    """What the catalogue says of an offering beside its price."""

    _inherit = "product.template"

    telecom_allowance_text = fields.Char(
        string="What is included",
        translate=True,
        help="Shown with the offering: unlimited minutes, 20 GB.",
    )
    telecom_visibility = fields.Selection(
        [("public", "Public"), ("internal", "Internal")],
        string="Sold",
        default="public",
        help="Internal offerings are sold by agents only: not on forms, not by other "
        "programs.",
    )
    telecom_is_pack_only = fields.Boolean(
        string="In packs only",
        help="Members of a pack get it; nobody has it outside of a pack.",
    )
    telecom_sale_start_date = fields.Date(
        string="On sale from", help="First civil day. Empty: always."
    )
    telecom_sale_end_date = fields.Date(
        string="On sale until",
        help="First civil day on which it is not sold any more; who has it keeps it.",
    )
    telecom_commitment_months = fields.Integer(
        string="Commitment (months)", help="Least duration agreed. 0: none."
    )
    telecom_notice_days = fields.Integer(
        string="Notice (days)", help="Before the holder may end it. 0: none."
    )
    telecom_terms = fields.Text(string="Contract terms", translate=True)
    telecom_eligibility_rule_ids = fields.Many2many(
        "telecom.eligibility.rule",
        "telecom_offering_eligibility_rel",
        "product_tmpl_id",
        "rule_id",
        string="Who may have it",
        help="All of these must be met.",
    )
    telecom_compatibility_ids = fields.One2many(
        "telecom.offering.compatibility", "addon_id", string="Goes with"
    )
    telecom_pack_slot_ids = fields.Many2many(
        "telecom.pack.slot",
        "telecom_pack_slot_offering_rel",
        "product_tmpl_id",
        "slot_id",
        string="Parts of packs",
        help="Parts of packs that a subscription with this offering can take.",
    )
    telecom_price_today = fields.Float(
        string="Price without tax",
        compute="_compute_telecom_prices",
        digits="Product Price",
        help="What a line that begins today costs.",
    )
    telecom_price_today_taxed = fields.Float(
        string="Price with tax",
        compute="_compute_telecom_prices",
        digits="Product Price",
    )

    _telecom_terms_not_negative = models.Constraint(
        "CHECK (telecom_commitment_months >= 0 AND telecom_notice_days >= 0)",
        "Commitment and notice are zero (none) or more.",
    )
    _telecom_sale_dates = models.Constraint(
        "CHECK (telecom_sale_end_date IS NULL OR telecom_sale_start_date IS NULL"
        " OR telecom_sale_start_date < telecom_sale_end_date)",
        "An offering is on sale for a day at least: correct its dates of sale.",
    )

    @api.depends("list_price", "taxes_id")
    @api.depends_context("company")
    def _compute_telecom_prices(self):
        company = self.env.company
        prices = self._telecom_prices_on(company._telecom_today(), company)
        for product in self:
            price = prices[product.id]
            product.telecom_price_today = price
            product.telecom_price_today_taxed = product._telecom_taxed(price, company)

    def _telecom_prices_on(self, day, company, pricelist=None):
        """Return what lines with these products cost that begin on a day.

        :param date day: civil date
        :param company: res.company whose catalogue it is
        :param pricelist: product.pricelist instead of the company's
        :return: dict of id -> Decimal, a month or once, without tax
        """
        pricelist = pricelist or company.telecom_pricelist_id
        if not pricelist:
            return {product.id: _decimal(product.list_price) for product in self}
        found = pricelist._get_products_price(
            self, 1.0, date=company._telecom_day_start_at(day)
        )
        return {key: _decimal(price) for key, price in found.items()}

    def _telecom_taxes(self, company):
        """Return the sales taxes of the product in a company, or its usual one."""
        self.ensure_one()
        taxes = self.taxes_id._filter_taxes_by_company(company)
        return taxes or company.account_sale_tax_id

    def _telecom_taxed(self, price, company):
        """Return a price with the taxes of the product, rounded to the currency.

        :param price: Decimal without tax
        :return: Decimal
        """
        self.ensure_one()
        taxes = self._telecom_taxes(company)
        total = taxes.compute_all(
            float(price), currency=company.currency_id, product=self
        )["total_included"]
        return _decimal(company.currency_id.round(total))

    @api.model
    def _complete_price_cells(self, product, cells):
        """Return cells of the catalogue's sheet with the price without tax.

        Of the two prices the one that differs from the product's counts; when both
        do, they must agree.

        :param product: product.template, empty when it is new
        :param dict cells: column -> text, ``price_with_tax`` among them
        :raise CellError: when no price without tax gives the one with tax
        """
        company = self.env.company
        judge = product or self.new({})
        taxed = Decimal(cells["price_with_tax"])
        price = Decimal(cells["price"]) if cells.get("price") else None
        if product and price == _decimal(product.list_price):
            price = None
            if taxed == product._telecom_taxed(product.list_price, company):
                return cells
        elif product and taxed == product._telecom_taxed(product.list_price, company):
            if price is None:
                return cells
            taxed = judge._telecom_taxed(price, company)
            return {**cells, "price_with_tax": write_cell("price", taxed)}
        if price is None:
            ratio = judge._telecom_taxed(Decimal(10_000), company) / 10_000
            price = (taxed / ratio).quantize(Decimal("0.01"), ROUND_HALF_UP)
        if judge._telecom_taxed(price, company) != taxed:
            raise CellError(
                _(
                    "price_with_tax: %(price)s without tax is %(with_tax)s with it, "
                    "not %(given)s: empty one of the two cells, or correct them",
                    price=str(price),
                    with_tax=str(judge._telecom_taxed(price, company)),
                    given=str(taxed),
                )
            )
        return {**cells, "price": write_cell("price", price)}


class ProductProduct(models.Model):
    _inherit = "product.product"

    @api.constrains("telecom_kind", "default_code")
    def _check_catalogue_code(self):
        """Refuse a code that another telecom product has, archived ones included."""
        codes = self.filtered("telecom_kind").mapped("default_code")
        groups = self.with_context(active_test=False)._read_group(
            [
                ("telecom_kind", "!=", False),
                ("default_code", "in", list(filter(None, codes))),
            ],
            ["default_code", "company_id"],
            ["__count"],
        )
        for code, _company, count in groups:
            if count > 1:
                raise ValidationError(
                    self.env._("Another product of the catalogue has code %s.", code)
                )

    def _telecom_prices_on(self, day, company, pricelist=None):
        """Return the prices of the variants as those of their templates.

        Parameters and result as for ``product.template``, by id of the variant.
        """
        prices = self.product_tmpl_id._telecom_prices_on(day, company, pricelist)
        return {product.id: prices[product.product_tmpl_id.id] for product in self}


def _decimal(price):
    """Return a float of the ORM with the digits that people see."""
    return Decimal(f"{price:.10g}")

# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
from odoo import api, fields, models
from odoo.exceptions import ValidationError

PRICE_FIELDS = {"price_unit", "specific_price", "automatic_price"}


class ContractLine(models.Model):
    """Lines take the catalogue's price of their first day, and keep it."""

    _inherit = "contract.line"

    telecom_pack_member_id = fields.Many2one(
        "telecom.pack.member",
        string="Given by pack",
        index="btree_not_null",
        ondelete="set null",
        readonly=True,
        copy=False,
    )
    telecom_price_change_id = fields.Many2one(
        "telecom.price.change",
        string="Price change",
        index="btree_not_null",
        ondelete="set null",
        readonly=True,
        copy=False,
    )

    @api.model_create_multi
    def create(self, vals_list):
        """Override of ``somconnexio_base`` to price lines by their first day."""
        return super().create(self._with_dated_prices(vals_list))

    def _with_dated_prices(self, vals_list):
        """Return values with the price that the catalogue has on the first day.

        People of an agreement with a price list have its prices. Where there is no
        price list at all lines are left alone.
        """
        ids = {vals["contract_id"] for vals in vals_list if vals.get("contract_id")}
        contracts = self.env["contract.contract"].browse(ids).filtered("is_telecom")
        vals_list = list(vals_list)
        wanted = self._products_to_price(vals_list, contracts._telecom_pricelists())
        for (company, day, pricelist), product_by_position in wanted.items():
            products = self.env["product.product"].browse(
                set(product_by_position.values())
            )
            prices = products.filtered("telecom_kind")._telecom_prices_on(
                day, company, pricelist
            )
            for position, product_id in product_by_position.items():
                if product_id in prices:
                    price = {"specific_price": float(prices[product_id])}
                    vals_list[position] = {**vals_list[position], **price}
        return vals_list

    @api.model
    def _products_to_price(self, vals_list, pricelists):
        """Return (company, day, price list) -> {position in the list: product id}.

        :param dict pricelists: contract.contract -> product.pricelist
        """
        contract_by_id = {contract.id: contract for contract in pricelists}
        wanted = {}
        for position, vals in enumerate(vals_list):
            contract = contract_by_id.get(vals.get("contract_id"))
            if contract and vals.get("product_id") and not PRICE_FIELDS & vals.keys():
                day = fields.Date.to_date(vals.get("date_start"))
                day = day or contract._telecom_today()
                key = (contract.company_id, day, pricelists[contract])
                wanted.setdefault(key, {})[position] = vals["product_id"]
        return wanted

    @api.onchange("product_id", "date_start")
    def _onchange_telecom_price(self):
        """Offer the price of the first day."""
        subscription = self.contract_id
        if self.product_id.telecom_kind and subscription.is_telecom:
            company = subscription.company_id or self.env.company
            day = self.date_start or company._telecom_today()
            pricelist = subscription._telecom_pricelists().get(subscription)
            prices = self.product_id._telecom_prices_on(day, company, pricelist)
            self.specific_price = float(prices[self.product_id.id])

    @api.constrains("product_id", "contract_id", "date_start")
    def _check_addon_compatibility(self):
        """Refuse an add-on or a one-shot that does not go with the tariff."""
        lines = self.filtered(
            lambda line: (
                line.telecom_line_kind in ("addon", "one_shot")
                and line.product_id.telecom_compatibility_ids
            )
        )
        for line in lines:
            tariff = line.contract_id._telecom_tariff_line_on(line.date_start)
            if not tariff:
                continue
            problems = line.product_id.product_tmpl_id._compatibility_problems(
                tariff.product_id.product_tmpl_id
            )
            if problems:
                raise ValidationError("\n".join(problems))

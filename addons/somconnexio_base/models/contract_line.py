# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError

from .. import lifecycle
from .contract_completion import LIFECYCLE_PASS
from .product_template import LINE_KIND_BY_TELECOM_KIND


class ContractLine(models.Model):
    """A dated part of a subscription; ``date_end`` is its last day (OCA's rule)."""

    _inherit = "contract.line"

    telecom_line_kind = fields.Selection(
        [
            ("tariff", "Tariff"),
            ("addon", "Add-on"),
            ("one_shot", "One-shot"),
            ("discount", "Discount"),
        ],
        string="Kind",
        compute="_compute_telecom_line_kind",
        store=True,
        precompute=True,
        index="btree_not_null",
    )

    # Checked before the exclusion: its range cannot be built from swapped dates.
    _telecom_tariff_dates = models.Constraint(
        "CHECK (telecom_line_kind IS DISTINCT FROM 'tariff' OR date_start <= date_end)",
        "A tariff line cannot end before it starts: correct its dates.",
    )
    _telecom_tariff_no_overlap = models.Constraint(
        "EXCLUDE USING gist ("
        "int4range(contract_id, contract_id, '[]') WITH &&, "
        "daterange(date_start, date_end, '[]') WITH &&"
        ") WHERE (telecom_line_kind = 'tariff')",
        "A subscription has one tariff at a time: end the tariff line in force the "
        "day before the new one starts, or use Change tariff.",
    )
    _telecom_contract_dates_idx = models.Index(
        "(contract_id, date_start, date_end) WHERE telecom_line_kind IS NOT NULL"
    )

    @api.depends("product_id")
    def _compute_telecom_line_kind(self):
        for line in self:
            line.telecom_line_kind = LINE_KIND_BY_TELECOM_KIND.get(
                line.product_id.telecom_kind
            )

    @api.depends("contract_id.partner_id", "product_id")
    def _compute_analytic_distribution(self):
        """Override of ``contract`` to spare a search per line where none applies."""
        rules = self.env["account.analytic.distribution.model"]
        if rules.search_count([], limit=1):
            return super()._compute_analytic_distribution()
        for line in self:
            line.analytic_distribution = line.analytic_distribution
        return None

    @api.onchange("product_id")
    def _onchange_telecom_product(self):
        """Offer text and price of the catalogue; both may be changed on the line."""
        if self.product_id.telecom_kind and self.contract_id.is_telecom:
            lang = self.contract_id._telecom_line_lang()
            self.name = self.product_id.with_context(lang=lang).name
            self.specific_price = self.product_id.list_price

    @api.model_create_multi
    def create(self, vals_list):
        """Override of ``contract`` to complete the lines of subscriptions, in batches.

        Dates, text and price are written on the line: the price agreed with the
        member stays when the catalogue changes.
        """
        vals_list = [dict(vals) for vals in vals_list]
        contracts = self.env["contract.contract"].browse(
            {vals["contract_id"] for vals in vals_list if vals.get("contract_id")}
        )
        products = self.env["product.product"].browse(
            {vals["product_id"] for vals in vals_list if vals.get("product_id")}
        )
        contract_by_id = {c.id: c for c in contracts if c.is_telecom}
        product_by_id = {p.id: p for p in products if p.telecom_kind}
        for vals in vals_list:
            contract = contract_by_id.get(vals.get("contract_id"))
            product = product_by_id.get(vals.get("product_id"))
            if contract and product:
                self._fill_telecom_line(vals, contract, product)
        if product_by_id:
            # A tariff that makes room must have ended before the next is inserted.
            self.flush_model(["date_start", "date_end"])
        return super().create(vals_list)

    def write(self, vals):
        """Override of ``contract`` to keep the product of lines that have begun."""
        if "product_id" in vals:
            self._check_product_kept(vals["product_id"])
        return super().write(vals)

    @api.constrains("product_id", "contract_id")
    def _check_tariff_service_type(self):
        for line in self.filtered(lambda li: li.telecom_line_kind == "tariff"):
            subscription = line.contract_id
            service_type = subscription.telecom_service_type_id
            offered_type = line.product_id.telecom_service_type_id
            if service_type and offered_type != service_type:
                raise ValidationError(
                    self.env._(
                        "%(product)s is an offering for %(other)s, but subscription "
                        "%(subscription)s is %(type)s. Choose another offering, or "
                        "open a new subscription for that service.",
                        product=line.product_id.display_name,
                        other=offered_type.name,
                        subscription=subscription.display_name,
                        type=service_type.name,
                    )
                )

    def _check_product_kept(self, product_id):
        """Raise when a line that has been in force would get another product."""
        for line in self.filtered("telecom_line_kind"):
            if line.product_id.id != product_id and line._is_history():
                raise UserError(
                    self.env._(
                        "%(line)s of subscription %(subscription)s has been in force "
                        "and keeps its product. Use Change tariff, or end the line "
                        "and add another.",
                        line=line.name,
                        subscription=line.contract_id.display_name,
                    )
                )

    def _is_history(self):
        """Tell whether a line of a subscription has been in force."""
        self.ensure_one()
        subscription = self.contract_id
        is_plan = subscription.telecom_state in (False, lifecycle.PENDING)
        return self.date_start <= subscription._telecom_today() and not is_plan

    @api.model
    def _fill_telecom_line(self, vals, contract, product):
        """Complete the values of one line of a subscription."""
        today = contract._telecom_today()
        start = fields.Date.to_date(vals.get("date_start")) or today
        vals["date_start"] = start
        if not vals.get("recurring_next_date"):
            vals["recurring_next_date"] = start
        if not vals.get("name"):
            lang = contract._telecom_line_lang()
            vals["name"] = product.with_context(lang=lang).name
        vals.setdefault("uom_id", product.uom_id.id)
        has_price = {"price_unit", "specific_price", "automatic_price"} & vals.keys()
        if not has_price:
            vals["specific_price"] = product.list_price

    @api.ondelete(at_uninstall=False)
    def _unlink_except_history(self):
        if self.env.context.get("telecom_pass") is LIFECYCLE_PASS:
            return
        for line in self.filtered("telecom_line_kind"):
            if line._is_history():
                raise UserError(
                    self.env._(
                        "%(line)s of subscription %(subscription)s has been in force "
                        "and is kept as history. Give it an end date instead.",
                        line=line.name,
                        subscription=line.contract_id.display_name,
                    )
                )

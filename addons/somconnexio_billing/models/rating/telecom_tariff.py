# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
from odoo import api, fields, models


class TelecomTariff(models.Model):
    """A price list of usage: dated rates and one declared rounding."""

    _name = "telecom.tariff"
    _description = "Usage tariff"
    _inherit = ["telecom.priced.by.mixin"]
    _rated_usage_field = "tariff_id"
    _order = "name, id"

    name = fields.Char(required=True, translate=True)
    code = fields.Char(required=True)
    company_id = fields.Many2one(
        "res.company", required=True, index=True, default=lambda self: self.env.company
    )
    # Bills are in the currency of their company, and so are their prices.
    currency_id = fields.Many2one(related="company_id.currency_id")
    amount_digits = fields.Integer(
        string="Decimals",
        required=True,
        default=6,
        help="Decimals of the amount of one event. The bill line, a sum of events, is "
        "rounded to the currency afterwards.",
    )
    rounding_method = fields.Selection(
        [
            ("half_up", "Half up"),
            ("half_even", "Half to even"),
            ("up", "Up"),
            ("down", "Down"),
        ],
        required=True,
        default="half_up",
    )
    purpose = fields.Selection(
        [("retail", "Retail price"), ("wholesale", "Wholesale cost")],
        required=True,
        default="retail",
        help="Retail: what subscriptions pay. Wholesale: what a provider asks of the "
        "company; usage formats name it.",
    )
    band_rule = fields.Selection(
        [
            ("start", "By the start of the event"),
            ("split", "Split where the price changes"),
        ],
        required=True,
        default="start",
        help="How a call across the edge of a time band is priced. Only what is "
        "measured in seconds is split.",
    )
    proration_method = fields.Selection(
        [
            ("days_of_month", "Days of the month"),
            ("thirty_days", "Months of 30 days"),
            ("full_month", "Full month"),
        ],
        string="Partial month",
        required=True,
        default="days_of_month",
        help="How allowances and the minimum spend are counted in a month that the "
        "subscription has the tariff for only in part.",
    )
    minimum_spend = fields.Float(
        digits=False,
        min_display_digits=2,
        help="Least usage that a subscription pays a month; what is missing becomes a "
        "bill line. 0: none.",
    )
    minimum_spend_product_id = fields.Many2one(
        "product.product",
        string="Product of the minimum",
        ondelete="restrict",
        domain=[("type", "=", "service")],
        help="Gives the bill line its name, income account and taxes.",
    )
    maximum_spend = fields.Float(
        digits=False,
        min_display_digits=2,
        help="Most usage that a subscription pays a month. 0: no limit.",
    )
    rate_ids = fields.One2many("telecom.tariff.rate", "tariff_id", copy=True)
    rate_count = fields.Integer(compute="_compute_rate_count")
    active = fields.Boolean(default=True)
    note = fields.Text()

    _code_unique = models.Constraint(
        "UNIQUE (code, company_id)",
        "Another tariff of this company has this code already.",
    )
    _amount_digits_range = models.Constraint(
        "CHECK (amount_digits BETWEEN 0 AND 12)",
        "The amount of an event is rounded to between 0 and 12 decimals.",
    )

    _spend_limits = models.Constraint(
        "CHECK (COALESCE(minimum_spend, 0) >= 0 AND COALESCE(maximum_spend, 0) >= 0"
        " AND (COALESCE(maximum_spend, 0) = 0"
        " OR COALESCE(minimum_spend, 0) <= maximum_spend))",
        "The minimum and the maximum spend can't be negative, nor the minimum be more "
        "than the maximum.",
    )
    _minimum_spend_product = models.Constraint(
        "CHECK (COALESCE(minimum_spend, 0) = 0"
        " OR minimum_spend_product_id IS NOT NULL)",
        "A minimum spend needs the product of its bill line.",
    )

    @api.depends("rate_ids")
    def _compute_rate_count(self):
        for tariff in self:
            tariff.rate_count = len(tariff.rate_ids)

    def copy_data(self, default=None):
        """Override of `base`: a copy needs a code of its own."""
        default = dict(default or {})
        values_list = super().copy_data(default)
        for tariff, values in zip(self, values_list, strict=True):
            values["name"] = default.get("name") or self.env._("%s (copy)", tariff.name)
            values["code"] = default.get("code") or f"{tariff.code}-COPY"
        return values_list

    def action_open_rates(self):
        """Open the rates of the tariff in a list with filters."""
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "somconnexio_billing.action_telecom_tariff_rate"
        )
        context = {"default_tariff_id": self.id, "search_default_tariff_id": self.id}
        return {**action, "context": context}

# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
from decimal import ROUND_HALF_UP, Decimal

from odoo import api, fields, models

from ..models.rating.const import DIRECTIONS

SOURCES = ("subscription_id", "product_id", "tariff_id")


class TelecomQuoteWizard(models.TransientModel):
    """Tell a customer what a call, a message or data would cost."""

    _name = "telecom.quote.wizard"
    _description = "What would it cost"

    subscription_id = fields.Many2one(
        "contract.contract",
        domain=[("is_telecom", "=", True)],
        help="With what it has used in that month.",
    )
    product_id = fields.Many2one(
        "product.product",
        string="Offering",
        domain=[("telecom_tariff_id", "!=", False)],
        help="With a full month's allowances.",
    )
    tariff_id = fields.Many2one(
        "telecom.tariff", help="Its rates alone, without allowances."
    )
    usage_type_id = fields.Many2one(
        "telecom.usage.type",
        required=True,
        default=lambda self: self.env["telecom.usage.type"].search([], limit=1),
    )
    direction = fields.Selection(DIRECTIONS, required=True, default="outgoing")
    other_number = fields.Char(
        string="Number", help="As people write it: +34 612 345 678, 112, 0033…"
    )
    shown_quantity = fields.Float(
        string="Quantity", digits=False, min_display_digits=0, required=True, default=1
    )
    shown_unit = fields.Char(related="usage_type_id.display_unit_name")
    started_at = fields.Datetime(
        string="When", required=True, default=fields.Datetime.now
    )
    visited_country_id = fields.Many2one(
        "res.country", string="From abroad", help="Empty: from home."
    )
    is_used_given = fields.Boolean(
        string="Suppose a use so far",
        help="Instead of what the subscription has used in that month.",
    )
    shown_used = fields.Float(string="Used so far", digits=False, min_display_digits=0)
    status = fields.Selection(
        [("rated", "Has a price"), ("suspended", "Has no price")], readonly=True
    )
    amount_text = fields.Char(string="It costs", readonly=True)
    explanation = fields.Text(string="Why", readonly=True)

    @api.onchange("subscription_id")
    def _onchange_subscription_id(self):
        self._keep_source("subscription_id")

    @api.onchange("product_id")
    def _onchange_product_id(self):
        self._keep_source("product_id")

    @api.onchange("tariff_id")
    def _onchange_tariff_id(self):
        self._keep_source("tariff_id")

    def _keep_source(self, kept):
        """Empty the other sources of a price once one is chosen."""
        for name in SOURCES:
            if name != kept and self[kept]:
                self[name] = False

    def action_quote(self):
        """Work the price out and show it.

        :raise UserError: when a value is missing or out of range
        """
        self.ensure_one()
        answer = self.env["telecom.tariff"].quote(
            tariff=self.tariff_id,
            subscription=self.subscription_id,
            offering=self.product_id,
            usage_type=self.usage_type_id.code,
            quantity=self._base_units(self.shown_quantity),
            other_number=self.other_number,
            direction=self.direction,
            started_at=self.started_at,
            visited_country=self.visited_country_id.code,
            used_so_far=self._base_units(self.shown_used)
            if self.is_used_given
            else None,
        )
        self.write(
            {
                "status": answer["status"],
                "amount_text": self._amount_text(answer),
                "explanation": answer["explanation"],
            }
        )
        return self._show()

    def _base_units(self, shown):
        """Return a quantity in the unit that people read as whole base units."""
        units = Decimal(str(shown)) * self.usage_type_id.display_factor
        return units.quantize(Decimal(1), ROUND_HALF_UP)

    def _amount_text(self, answer):
        """Return the amount as people read it, empty without one."""
        if answer["status"] != "rated":
            return False
        numbers = self.usage_type_id._number_format()
        amount = numbers.format(Decimal(answer["amount"]), least_decimals=2)
        return self.env._(
            "%(amount)s %(currency)s without taxes",
            amount=amount,
            currency=answer["currency"],
        )

    def _show(self):
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "somconnexio_billing.action_telecom_quote_wizard"
        )
        return {**action, "res_id": self.id}

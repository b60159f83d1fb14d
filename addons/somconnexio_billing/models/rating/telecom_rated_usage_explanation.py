# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
from decimal import Decimal

from odoo import api, fields, models


class TelecomRatedUsage(models.Model):
    """Why an event costs what it costs, told from its row alone."""

    _inherit = "telecom.rated.usage"

    display_quantity = fields.Char(string="Used", compute="_compute_display_quantity")
    explanation = fields.Text(string="Why", compute="_compute_explanation")

    @api.depends("quantity", "usage_type_id")
    def _compute_display_quantity(self):
        for usage in self:
            usage.display_quantity = usage.usage_type_id._format(usage.quantity)

    @api.depends_context("lang")
    @api.depends("amount", "rate_id", "allowance_id")
    def _compute_explanation(self):
        for usage in self:
            usage.explanation = usage.explain()

    def explain(self):
        """Tell how the price came about.

        :return: str, a sentence a line: the rate, what was counted, what an allowance
            covered, the price of the rest and its rounding
        """
        self.ensure_one()
        self.check_access("read")
        sentences = (
            self._explain_rate(),
            self._explain_units(),
            self._explain_allowance(),
            self._explain_price(),
        )
        return "\n".join(filter(None, sentences))

    def _explain_rate(self):
        """Say which rate of which tariff holds for the event."""
        places = (self.destination_id.name, self.zone_id.name)
        return self.env._(
            "%(usage)s (%(place)s): tariff %(tariff)s, category %(category)s.",
            usage=self.usage_type_id.name,
            place=", ".join(filter(None, places)) or self.env._("home network"),
            tariff=self.tariff_id.name,
            category=self.category_id.name,
        )

    def _explain_units(self):
        """Say what was counted of what was used."""
        unit = self.usage_type_id
        if self.chargeable_quantity == self.quantity:
            return self.env._("Counted as used: %s.", unit._format(self.quantity))
        return self.env._(
            "Used %(used)s, counted as %(counted)s: at least %(first)s, then in steps"
            " of %(next)s.",
            used=unit._format(self.quantity),
            counted=unit._format(self.chargeable_quantity),
            first=unit._format(self.rate_id.first_increment),
            next=unit._format(self.rate_id.next_increment),
        )

    def _explain_allowance(self):
        """Say what an allowance covered, and how much of it was left."""
        if not self.allowance_id:
            return ""
        unit = self.usage_type_id
        if self.allowance_id.is_unlimited:
            return self.env._(
                "%(allowance)s includes it without limit.",
                allowance=self.allowance_id.name,
            )
        return self.env._(
            "%(allowance)s covers %(covered)s: %(used)s of %(limit)s had been used"
            " before.",
            allowance=self.allowance_id.name,
            covered=unit._format(self.allowance_quantity),
            used=unit._format(self.allowance_used_before),
            limit=unit._format(self.allowance_limit),
        )

    def _explain_price(self):
        """Say how the charged part became an amount."""
        if not self.charged_quantity:
            return self.env._("Nothing is left to charge.")
        unit = self.usage_type_id
        methods = self.tariff_id._fields["rounding_method"]
        return self.env._(
            "Charged %(charged)s at %(price)s %(currency)s per %(per)s, set-up fee"
            " %(fee)s: %(exact)s, rounded (%(method)s, %(digits)s decimals) to"
            " %(amount)s %(currency)s without taxes.",
            charged=unit._format(self.charged_quantity),
            price=_plain(self.unit_price),
            per=unit._format(self.price_unit),
            fee=_plain(self.setup_fee),
            exact=_plain(self.amount_exact),
            method=dict(methods._description_selection(self.env))[
                self.tariff_id.rounding_method
            ],
            digits=self.tariff_id.amount_digits,
            amount=_plain(self.amount),
            currency=self.currency_id.name,
        )


def _plain(number):
    """Write a number with the decimals it has, and no others.

    >>> _plain(0.15), _plain(2.0)
    ('0.15', '2')
    """
    text = f"{Decimal(repr(number)):f}"
    return text.rstrip("0").rstrip(".") if "." in text else text

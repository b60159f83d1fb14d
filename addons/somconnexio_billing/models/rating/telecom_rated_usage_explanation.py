# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
"""Why a rated usage costs what it costs."""

from decimal import Decimal

from odoo import api, fields, models

from ...rating import explanation


class TelecomRatedUsage(models.Model):
    _inherit = "telecom.rated.usage"

    display_quantity = fields.Char(string="Used", compute="_compute_display_quantity")
    explanation = fields.Text(
        string="Why",
        compute="_compute_explanation",
        help="How the amount was computed, in words.",
    )

    @api.depends_context("lang")
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
        """Tell how the amount of one rated usage was computed.

        :return: str, a sentence a line, in the language of the environment
        """
        self.ensure_one()
        self.check_access("read")
        numbers = self.usage_type_id._number_format()
        sentences = explanation.explain(self._explained_facts(), numbers, self.env._)
        return "\n".join(sentences)

    def _explained_facts(self):
        """Return the row with the names it refers to, for the pure explanation."""
        usage_type = self.usage_type_id
        rounding = self.tariff_id._fields["rounding_method"]
        labels = dict(rounding._description_selection(self.env))
        return explanation.RatedFacts(
            usage_type=usage_type.name,
            is_outgoing=self.direction == "outgoing",
            destination=self.destination_id.name or "",
            zone=self.zone_id.name or "",
            offering=self.product_id.name,
            tariff=self.tariff_id.name,
            unit=usage_type._display_unit(),
            allowance=self.allowance_id.name or "",
            allowance_limit=self._explained_limit(),
            is_on_net=self.network == "on_net",
            time_band=self.time_band_id.name or "",
            amount_digits=self.tariff_id.amount_digits,
            rounding=labels[self.tariff_id.rounding_method].lower(),
            currency=self.currency_id.symbol,
            is_late=self.is_late,
            **self._explained_breakdown(),
            **{name: self._decimal(name) for name in explanation.NUMBERS},
        )

    def _explained_limit(self):
        """Return the size of the allowance, None for an unlimited one."""
        # Odoo reads null as zero, and no limited allowance is of size zero.
        return self._decimal("allowance_limit") if self.allowance_limit else None

    def _decimal(self, name):
        """Return a stored number as Decimal: floats print what the table holds."""
        return Decimal(str(self[name]))

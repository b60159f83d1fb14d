# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
from odoo import models
from odoo.exceptions import UserError


class ContractContract(models.Model):
    """What the catalogue refuses when a subscription begins or changes."""

    _inherit = "contract.contract"

    def _check_has_tariff(self):
        """Override to refuse the activation for a holder that may not have it."""
        result = super()._check_has_tariff()
        for subscription in self:
            offering = subscription.telecom_offering_id.product_tmpl_id
            if offering.telecom_eligibility_rule_ids:
                subscription._check_eligible(offering)
        return result

    def _check_offering(self, product):
        """Override to refuse an offering that a holder may not have."""
        result = super()._check_offering(product)
        offering = product.product_tmpl_id
        if offering.telecom_eligibility_rule_ids:
            for subscription in self:
                subscription._check_eligible(offering)
        self._check_addons_go_with(offering)
        return result

    def _check_eligible(self, offering):
        """Raise with the reasons unless the holder may have an offering."""
        self.ensure_one()
        problems = offering._rule_problems(
            self.partner_id, self.service_partner_id, without=self
        )
        if problems:
            raise UserError(
                self.env._(
                    "%(partner)s cannot have %(offering)s: %(problems)s",
                    partner=self.partner_id.display_name,
                    offering=offering.display_name,
                    problems=" ".join(problems),
                )
            )

    def _check_addons_go_with(self, offering):
        """Raise when an add-on in force would not go with an offering."""
        today = self._telecom_today()
        lines = self.contract_line_ids.filtered(
            lambda line: (
                line.telecom_line_kind == "addon"
                and (not line.date_end or line.date_end > today)
                and line.product_id.telecom_compatibility_ids
            )
        )
        problems = lines.product_id.product_tmpl_id._compatibility_problems(offering)
        if problems:
            raise UserError(
                self.env._(
                    "%(problems)s End the add-on first.", problems=" ".join(problems)
                )
            )

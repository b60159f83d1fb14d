# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
"""What the price of an event is asked of, besides a tariff."""

from odoo import models


class ContractContract(models.Model):
    _inherit = "contract.contract"

    def _quoted_number(self):
        """Return the number whose usage is priced."""
        self.ensure_one()
        return self.main_resource_name or ""

    def _sharing_subscriptions(self, allowances):
        """Return the subscription, with those it may share one of the allowances with.

        :param allowances: ``telecom.allowance`` that its offerings include
        """
        self.ensure_one()
        account = self.telecom_billing_account_id
        if not account or set(allowances.mapped("sharing")) <= {"subscription"}:
            return self
        return self | self.search([("telecom_billing_account_id", "=", account.id)])


class ProductProduct(models.Model):
    _inherit = "product.product"

    def _quoted_number(self):
        """Return no number: an offering has none."""
        return ""

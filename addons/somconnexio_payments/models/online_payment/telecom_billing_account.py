# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
from odoo import models


class TelecomBillingAccount(models.Model):
    """All that an account owes can be paid at once: one payment for several bills."""

    _name = "telecom.billing.account"
    _inherit = ["telecom.billing.account", "telecom.online.payable"]

    def _online_debt(self):
        """Override of ``telecom.online.payable``: all open bills, oldest first."""
        self.ensure_one()
        bills = self.env["account.move"].search(
            [
                ("telecom_billing_account_id", "=", self.id),
                ("state", "=", "posted"),
                ("move_type", "=", "out_invoice"),
                ("payment_state", "in", ("not_paid", "partial")),
            ]
        )
        return self._debt_of_bills(
            self.commercial_partner_id,
            self,
            bills.filtered(lambda bill: bill._is_owed_online()),
        )

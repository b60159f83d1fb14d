# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
from odoo import models


class TelecomBillingAccount(models.Model):
    """All that an account owes can be paid at once: one payment for several bills."""

    _name = "telecom.billing.account"
    _inherit = ["telecom.billing.account", "telecom.online.payable"]

    def _online_debts(self):
        """Override of ``telecom.online.payable``: all open bills, oldest first."""
        bills = self.env["account.move"].search(
            [
                ("telecom_billing_account_id", "in", self.ids),
                ("state", "=", "posted"),
                ("move_type", "=", "out_invoice"),
                ("payment_state", "in", ("not_paid", "partial")),
            ]
        )
        owed = bills.filtered(lambda bill: bill._is_owed_online())
        debited = owed._is_being_debited()
        by_account = owed.grouped("telecom_billing_account_id")
        return {
            account: account._debt_of_bills(
                account.commercial_partner_id,
                account,
                by_account.get(account, bills.browse()),
                debited,
            )
            for account in self
        }

# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
from odoo import models


class TelecomBillingAccount(models.Model):
    """Operations about all that a billing account pays for."""

    _name = "telecom.billing.account"
    _inherit = ["telecom.billing.account", "telecom.version.mixin"]

    def _operation_domain(self):
        """Return the domain of the operations on the account as a whole."""
        return [("billing_account_id", "=", self.id), ("subscription_id", "=", False)]

    def request_payment_change(self, when="now", request_key=None, **terms):
        """Change IBAN, mail or way of collecting of everything the accounts pay for.

        :param str when: ``now``, ``next_month`` or an ISO date
        :param str request_key: the caller's own name for this request
        :param terms: ``iban`` (text), ``bill_email`` (addresses, separated by commas),
            ``collection_method`` (``direct_debit``, ``transfer``), ``note``
        :return: list of dicts, see ``telecom.subscription.operation._as_answer``
        :raise UserError: when the IBAN is none, nothing is given or a change is pending
        """
        Operation = self.env["telecom.subscription.operation"]
        self.ensure_one()
        operation = Operation._ask(
            "change_payment",
            self,
            Operation._read_terms(terms),
            when,
            request_key=request_key,
        )
        return operation._as_answer()

    def action_change_payment(self):
        """Ask for another IBAN or mail."""
        self.ensure_one()
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Change IBAN or e-mail"),
            "res_model": "telecom.operation.wizard",
            "view_mode": "form",
            "target": "new",
            "context": {
                "default_kind": "change_payment",
                "default_billing_account_id": self.id,
                "default_versions": self._versions(),
            },
        }

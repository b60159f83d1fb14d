# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
from odoo import models

from ..mandate.account_banking_mandate import MANDATE_PASS


class AccountPaymentOrder(models.Model):
    """An order of a debit run: it shows what OCA's orders show, the run moves it."""

    _name = "account.payment.order"
    _inherit = ["account.payment.order", "telecom.debit.guard.mixin"]

    def write(self, vals):
        """Override of OCA: orders of a run are written by its steps only.

        Messages and activities are people's.
        """
        if any(not name.startswith(("message_", "activity_")) for name in vals):
            self._check_not_of_run()
        return super().write(vals)

    def draft2open(self):
        """Override of OCA for orders without a run only."""
        self._check_not_of_run()
        return super().draft2open()

    def open2generated(self):
        """Override of OCA for orders without a run only."""
        self._check_not_of_run()
        return super().open2generated()

    def generate_payment_file(self):
        """Override of OCA for orders without a run only.

        OCA logs the whole file, names and IBANs, when it finds it invalid.
        """
        self._check_not_of_run()
        return super().generate_payment_file()

    def generated2uploaded(self):
        """Override of OCA for orders without a run only."""
        self._check_not_of_run()
        return super(
            AccountPaymentOrder, self.with_context(mandate_pass=MANDATE_PASS)
        ).generated2uploaded()

    def action_cancel(self):
        """Override of OCA for orders without a run only."""
        self._check_not_of_run()
        return super().action_cancel()

    def cancel2draft(self):
        """Override of OCA for orders without a run only."""
        self._check_not_of_run()
        return super().cancel2draft()

    def _debit_outstanding_account(self):
        """Return the account that waits for the bank's money.

        That of the payment method, else the company's, as OCA's returns look for it.

        :raise UserError: when there is none
        """
        self.ensure_one()
        account = self.payment_method_line_id.payment_account_id
        if account:
            return account
        payment = self.env["account.payment"].with_company(self.company_id).new()
        return payment._get_outstanding_account("inbound")

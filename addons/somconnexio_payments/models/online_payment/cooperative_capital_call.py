# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
from odoo import models

from .online_payable import Debt


class CooperativeCapitalCall(models.Model):
    """An instalment of share capital can be paid by card or Bizum."""

    _name = "cooperative.capital.call"
    _inherit = ["cooperative.capital.call", "telecom.online.payable"]

    def _online_debts(self):
        """Override of ``telecom.online.payable``: instalments while they are owed."""
        owed = self.filtered(lambda call: call.state in ("called", "failed"))
        debited = owed._is_being_debited()
        return {call: call._debt_of_call(call & owed, debited) for call in self}

    def _debt_of_call(self, owed, debited):
        """Return the debt of one instalment: nothing unless it is owed."""
        calls = owed - debited
        return Debt(
            partner=self.partner_id,
            company=self.company_id,
            account=self.env["telecom.billing.account"],
            bills=self.env["account.move"],
            calls=calls,
            items=[(call.display_name, call.due_date, call.amount) for call in calls],
            debited=len(owed & debited),
        )

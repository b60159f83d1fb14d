# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
from odoo import models


class TelecomReturnedDebit(models.Model):
    """What a return means for what was told of the mandate."""

    _inherit = "telecom.returned.debit"

    def _follow(self):
        """Tell changes of a mandate again if their debit never got to the payer's bank.

        A debit that is rejected in the answer to the order was stopped on its way; one
        that comes back with a statement was seen by the payer's bank, which knows of
        the change (EPC016-06, amendments of a mandate).
        """
        todo = self.filtered(lambda one: one.state == "booked" and not one.is_followed)
        result = super()._follow()
        rejected = todo.filtered(lambda one: one.origin == "status")
        if debits := rejected.payment_line_id:
            self.env["telecom.mandate.amendment"]._tell_again(debits)
        return result

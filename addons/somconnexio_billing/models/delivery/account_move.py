# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
from odoo import models


class AccountMove(models.Model):
    _inherit = "account.move"

    def _telecom_kept_pdf(self):
        """Return the stored PDF of a posted bill, made now if it isn't there yet."""
        self.ensure_one()
        stored = self._telecom_stored_bill_pdfs()
        if self not in stored:
            self._telecom_generate_bill_pdf()
            stored = self._telecom_stored_bill_pdfs()
        return stored[self]

    def _message_receive_bounce(self, email, partner):
        """Override of ``mail`` to note which bill came back, and from where."""
        result = super()._message_receive_bounce(email, partner)
        # The gateway has no user: what it finds must be noted whoever runs it.
        deliveries = self.env["telecom.bill.delivery"].sudo()
        deliveries.search([("move_id", "in", self.ids)])._note_bounce(email)
        return result

# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
from odoo import api, models


class AccountPartialReconcile(models.Model):
    """Where every matching ends, whoever makes it: the statement clears a transfer."""

    _inherit = "account.partial.reconcile"

    @api.model_create_multi
    def create(self, vals_list):
        """Override of ``account`` to note refunds whose transfers have been paid."""
        partials = super().create(vals_list)
        payments = (
            partials.debit_move_id.payment_id | partials.credit_move_id.payment_id
        )
        outbound = payments.filtered(lambda one: one.payment_type == "outbound")
        if outbound:
            # Who matches statements need not see refunds.
            self.env["telecom.refund"].sudo()._note_cleared(outbound)
        return partials

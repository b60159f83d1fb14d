# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
from odoo import models
from odoo.fields import Domain


class TelecomBankFile(models.Model):
    """The bank speaks of an order: so it has it, whether anybody noted that or not."""

    _inherit = "telecom.bank.file"

    def _note_orders_sent(self):
        """Note orders as sent that a file is about and that still wait for the button.

        A debit run of several files is sent when the bank has spoken of each.
        """
        orders = self._orders_not_sent()
        if not orders:
            return
        told = orders & self._orders_told_of(orders)
        for order in told.filtered(lambda one: not one.debit_run_id):
            order.generated2uploaded()
        for run in told.debit_run_id:
            if run.order_ids <= told | self._orders_answered(run):
                run._note_sent(is_known_sent=True)

    def _orders_not_sent(self):
        """Return the orders whose file is made and not yet noted as sent."""
        return self.env["account.payment.order"].search(
            Domain("company_id", "=", self.company_id.id)
            & (
                Domain("debit_run_id.state", "=", "filed")
                | Domain("state", "=", "generated")
                & Domain("payment_line_ids.telecom_refund_id", "!=", False)
            )
        )

    def _orders_told_of(self, orders):
        """Return those of some orders that this file tells of, by their references."""
        told = self.status_ids.order_id
        parts = self.env["telecom.bank.transaction"]
        mine = Domain("booking_file_id", "=", self.id)
        for order in orders - told:
            name = order.sepa_message_id or order.name
            named = Domain("message_reference", "=", name) | Domain(
                "batch_reference", "=like", f"{name}-%"
            )
            references = order.payment_line_ids.telecom_refund_id.mapped("name")
            if references:
                named |= Domain("end_to_end_reference", "in", references)
            if parts.search_count(mine & named, limit=1):
                told |= order
        return told

    def _orders_answered(self, run):
        """Return the orders of a run that the bank has answered to before."""
        answers = self.env["telecom.order.status"].search(
            [("order_id", "in", run.order_ids.ids)]
        )
        return answers.order_id

# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
from odoo import fields, models

from ...money import exact_amount

POSTED = "bill.posted"


class AccountMove(models.Model):
    """The event of a bill that is posted, whether by a run or by hand."""

    _inherit = "account.move"

    def _post(self, soft=True):
        """Override of ``account`` to tell other systems about telecom bills."""
        posted = super()._post(soft)
        self.env["telecom.webhook"]._publish(
            POSTED, posted.filtered("telecom_billing_account_id")
        )
        return posted

    def _webhook_payload(self):
        """Override of ``base``: which bill, whose, how much.

        :return: list of dicts with id, number, kind, invoice_date, due_date,
            amount_total (text with all its digits), currency, billing_account and
            customer_id
        """
        return [
            {
                "id": move.id,
                "number": move.name,
                "kind": "credit_note" if move.move_type == "out_refund" else "bill",
                "invoice_date": fields.Date.to_string(move.invoice_date) or None,
                "due_date": fields.Date.to_string(move.invoice_date_due) or None,
                "amount_total": exact_amount(move.amount_total, move.currency_id),
                "currency": move.currency_id.name,
                "billing_account": move.telecom_billing_account_id.code or None,
                "customer_id": move.partner_id.id,
            }
            for move in self
        ]

# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
from odoo import fields, models


class AccountPaymentLine(models.Model):
    """The line of an order that pays a refund."""

    _inherit = "account.payment.line"

    telecom_refund_id = fields.Many2one(
        "telecom.refund",
        string="Refund",
        readonly=True,
        copy=False,
        check_company=True,
        ondelete="restrict",
    )

    telecom_refund_attempt = fields.Integer(string="Attempt", readonly=True, copy=False)

    _telecom_refund_once = models.UniqueIndex(
        "(telecom_refund_id, coalesce(telecom_refund_attempt, 0)) "
        "WHERE telecom_refund_id IS NOT NULL",
        "This refund is in a transfer order already.",
    )

    def _payment_line_grouping_key(self):
        """Override of OCA: each refund is a transfer of its own."""
        key = super()._payment_line_grouping_key()
        return (*key, self.telecom_refund_id.id) if self.telecom_refund_id else key

    def _prepare_account_payment_vals(self, payment_lot, pay_sequence):
        """Override of OCA: the refund's reference goes with the money.

        Who is paid back is a customer where the open item is what customers owe.
        """
        vals = super()._prepare_account_payment_vals(payment_lot, pay_sequence)
        if refund := self.telecom_refund_id:
            is_receivable = (
                refund.credit_line_id.account_id.account_type == "asset_receivable"
            )
            vals["memo"] = refund.name
            vals["partner_type"] = "customer" if is_receivable else "supplier"
            vals["destination_account_id"] = refund.credit_line_id.account_id.id
            vals["invoice_ids"] = []
        return vals

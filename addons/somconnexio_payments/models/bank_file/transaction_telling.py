# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
from odoo import fields, models

from odoo.addons.somconnexio_base.money import exact_amount

from ..receipt.telecom_billing_account import RECEIVED

NOTICE = "transfer_received"


class TelecomBankTransaction(models.Model):
    """Say that money has come, as of money that comes in any other way."""

    _inherit = "telecom.bank.transaction"

    def _webhook_payload(self):
        """Override of ``base``: the same as of a payment, for money in a statement.

        :return: list of dicts with id, number, date, amount (text with all its
            digits), currency, customer_id, bill_ids and billing_account
        """
        return [
            {
                "id": part.id,
                "number": part.entry_id.bank_reference or None,
                "date": fields.Date.to_string(part.day),
                "amount": exact_amount(part.amount, part.currency_id),
                "currency": part.currency_id.name,
                "customer_id": part.partner_id.id,
                "bill_ids": part.line_ids.move_id.ids,
                "billing_account": part.billing_account_id.code or None,
            }
            for part in self
        ]

    def _tell_received(self):
        """Tell payers and other systems of money that came by transfer, once.

        By a rule or by a person's decision, it makes no difference. What came by a bank
        app or as credit on account has been told as a payment; debits are announced
        before.
        """
        received = self.filtered(lambda part: part._is_received() and not part.is_told)
        if not received:
            return
        received.sudo().is_told = True
        self.env["telecom.webhook"]._publish(RECEIVED, received)
        thanked = received.filtered(
            lambda part: (
                part.billing_account_id and part.company_id.telecom_tells_payments
            )
        )
        self.env["telecom.notice"]._announce(NOTICE, thanked)

    def _is_received(self):
        """Tell whether this is a payer's own money that nobody has told of yet."""
        return (
            self.state in ("matched", "by_hand")
            and self.rule != "reversal"
            and self.amount > 0
            and self.account_id.account_type == "asset_receivable"
        )

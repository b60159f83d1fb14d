# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
from odoo import fields, models

from ...money import exact_amount


class AccountPayment(models.Model):
    """What webhooks say about a payment that came in.

    The addon that takes payments publishes ``payment.received`` once it knows that
    the money has come.
    """

    _inherit = "account.payment"

    def _webhook_payload(self):
        """Override of ``base``: which payment, whose, how much, for which bills.

        :return: list of dicts with id, number, date, amount (text with all its
            digits), currency, customer_id and bill_ids
        """
        return [
            {
                "id": payment.id,
                "number": payment.name or None,
                "date": fields.Date.to_string(payment.date),
                "amount": exact_amount(payment.amount, payment.currency_id),
                "currency": payment.currency_id.name,
                "customer_id": payment.partner_id.id,
                "bill_ids": payment.reconciled_invoice_ids.ids,
            }
            for payment in self
        ]

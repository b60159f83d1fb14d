# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
from odoo import models


class AccountPayment(models.Model):
    """The database lets an online transaction have one payment."""

    _inherit = "account.payment"

    _telecom_transaction_once = models.UniqueIndex(
        "(payment_transaction_id) WHERE payment_transaction_id IS NOT NULL",
        "This online transaction has its payment already.",
    )

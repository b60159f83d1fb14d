# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
from odoo import fields, models


class AccountPayment(models.Model):
    _inherit = "account.payment"

    gateway_transaction_id = fields.Many2one(
        "telecom.payment.gateway.transaction",
        string="Payment by bank app",
        readonly=True,
        copy=False,
        index="btree_not_null",
        ondelete="restrict",
    )

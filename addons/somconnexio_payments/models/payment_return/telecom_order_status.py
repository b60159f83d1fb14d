# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
from odoo import fields, models

ACCEPTED = ("ACTC", "ACCP", "ACSP", "ACSC", "ACCC", "ACWC", "ACWP", "ACFC", "RCVD")


class TelecomOrderStatus(models.Model):
    """What a bank says about an order of ours, a batch of it or one of its debits."""

    _name = "telecom.order.status"
    _description = "Answer to an order"
    _order = "id desc"
    _rec_name = "status"

    file_id = fields.Many2one(
        "telecom.bank.file",
        required=True,
        readonly=True,
        index=True,
        ondelete="cascade",
    )
    company_id = fields.Many2one(
        "res.company", required=True, readonly=True, index=True
    )
    order_id = fields.Many2one(
        "account.payment.order", required=True, readonly=True, index=True
    )
    level = fields.Selection(
        [("file", "Whole order"), ("batch", "Batch"), ("transaction", "Transaction")],
        required=True,
        readonly=True,
    )
    status = fields.Char(
        required=True,
        readonly=True,
        help="ACTC, ACCP: accepted. PART: in part. RJCT: rejected. PDNG: not yet.",
    )
    is_rejected = fields.Boolean(readonly=True)
    is_undone = fields.Boolean(
        readonly=True, help="The debit run of the order was taken back as a whole."
    )
    batch_reference = fields.Char(readonly=True)
    end_to_end_reference = fields.Char(readonly=True)
    bank_reference = fields.Char(readonly=True)
    amount = fields.Float(digits=(18, 2), readonly=True)
    reason_code = fields.Char(readonly=True)
    reason_text = fields.Char(readonly=True)

# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
from odoo import fields, models


class TelecomBillAdjustment(models.Model):
    _inherit = "telecom.bill.adjustment"

    operation_id = fields.Many2one(
        "telecom.subscription.operation",
        readonly=True,
        copy=False,
        index="btree_not_null",
        ondelete="set null",
        help="What it follows from, such as a withdrawal.",
    )

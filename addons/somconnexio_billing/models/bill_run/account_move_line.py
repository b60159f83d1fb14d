# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
from odoo import fields, models


class AccountMoveLine(models.Model):
    _inherit = "account.move.line"

    telecom_bill_line_id = fields.Many2one(
        "telecom.bill.run.line",
        string="Bill run line",
        readonly=True,
        copy=False,
        index="btree_not_null",
        ondelete="restrict",
        help="The line of the bill run that this journal item was made from.",
    )

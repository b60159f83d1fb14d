# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
from odoo import fields, models


class TelecomDebitLeaveOut(models.TransientModel):
    """Why debits of a proposal are left out."""

    _name = "telecom.debit.leave.out"
    _description = "Leave debits out"

    line_ids = fields.Many2many("account.payment.line", required=True)
    note = fields.Char(string="Why", required=True)

    def action_leave_out(self):
        """Take the debits out of their run."""
        return self.line_ids._leave_out(self.note)

# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
from odoo import fields, models


class TelecomDebitRejection(models.TransientModel):
    """Why the bank refused a whole file."""

    _name = "telecom.debit.rejection"
    _description = "File refused by the bank"

    run_id = fields.Many2one("telecom.debit.run", required=True)
    reason = fields.Char(required=True, help="The bank's code or words.")

    def action_reject(self):
        """Take the run back."""
        return self.run_id._undo(self.reason)

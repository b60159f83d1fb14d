# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
from odoo import fields, models


class TelecomBillRunReleaseWizard(models.TransientModel):
    """Ask for the reason why held accounts may be billed."""

    _name = "telecom.bill.run.release.wizard"
    _description = "Release held accounts"

    run_account_ids = fields.Many2many(
        "telecom.bill.run.account", required=True, readonly=True
    )
    reason = fields.Char(required=True)

    def action_release(self):
        """Release the accounts with the reason."""
        self.ensure_one()
        self.run_account_ids.release(self.reason)
        return {"type": "ir.actions.act_window_close"}

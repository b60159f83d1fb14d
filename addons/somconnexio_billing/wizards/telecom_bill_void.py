# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
from odoo import fields, models


class TelecomBillVoid(models.TransientModel):
    """Take a posted bill back whole, and make it anew if wanted."""

    _name = "telecom.bill.void"
    _description = "Void a bill"

    run_account_id = fields.Many2one(
        "telecom.bill.run.account", required=True, readonly=True
    )
    move_id = fields.Many2one(related="run_account_id.move_id")
    reason = fields.Char(required=True, help="Printed on the credit note.")
    is_rebill_wanted = fields.Boolean(
        "Bill anew",
        default=True,
        help="Make an off-cycle run of the same period for this account, previewed.",
    )

    def action_void(self):
        """Void the bill; open the run that makes it anew, or the credit note."""
        self.ensure_one()
        account = self.run_account_id
        credit = account.void_bills(self.reason)
        record = account.rebill() if self.is_rebill_wanted else credit
        return {
            "type": "ir.actions.act_window",
            "res_model": record._name,
            "res_id": record.id,
            "view_mode": "form",
        }

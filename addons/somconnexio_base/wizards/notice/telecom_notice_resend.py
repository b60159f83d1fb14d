# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
from odoo import fields, models


class TelecomNoticeResend(models.TransientModel):
    """Why notices are sent once more."""

    _name = "telecom.notice.resend"
    _description = "Send notices again"

    notice_ids = fields.Many2many("telecom.notice", required=True, readonly=True)
    notice_count = fields.Integer(compute="_compute_notice_count")
    reason = fields.Char(required=True, help="Kept with the sending.")

    def _compute_notice_count(self):
        for wizard in self:
            wizard.notice_count = len(wizard.notice_ids)

    def action_send(self):
        """Put the notices back into the queue."""
        self.ensure_one()
        self.notice_ids._send_again(self.reason)
        return {"type": "ir.actions.act_window_close"}

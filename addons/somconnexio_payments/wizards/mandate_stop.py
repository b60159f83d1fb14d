# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
from odoo import fields, models


class TelecomMandateStop(models.TransientModel):
    """Why a mandate ends."""

    _name = "telecom.mandate.stop"
    _description = "Stop a mandate"

    mandate_id = fields.Many2one("account.banking.mandate", required=True)
    reason = fields.Char(string="Why", required=True)
    day = fields.Date(
        string="On",
        required=True,
        default=lambda self: self.env.company._telecom_today(),
    )

    def action_stop(self):
        """Stop the mandate."""
        self.mandate_id._stop(self.reason, self.day)
        return True

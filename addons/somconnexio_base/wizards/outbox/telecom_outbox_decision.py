# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
from odoo import fields, models


class TelecomOutboxDecisionWizard(models.TransientModel):
    """Asks a technician why, then does what was decided about calls."""

    _name = "telecom.outbox.decision"
    _description = "Decision about Calls"

    call_ids = fields.Many2many("telecom.outbox", string="Calls", required=True)
    decision = fields.Selection(
        [
            ("replay", "Send again"),
            ("settle", "It was done"),
            ("give_up", "Give up"),
        ],
        required=True,
    )
    reason = fields.Char(required=True)
    has_unknown = fields.Boolean(compute="_compute_has_unknown")

    def _compute_has_unknown(self):
        for wizard in self:
            wizard.has_unknown = "unknown" in wizard.call_ids.mapped("state")

    def action_apply(self):
        """Do what was decided, with its reason."""
        self.ensure_one()
        verbs = {
            "replay": self.call_ids.replay,
            "settle": self.call_ids.settle,
            "give_up": self.call_ids.give_up,
        }
        return verbs[self.decision](self.reason)

# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
from odoo import fields, models


class TelecomDunningDecision(models.TransientModel):
    """Asks for what a person decides about dunning cases."""

    _name = "telecom.dunning.decision"
    _description = "Decision about Dunning Cases"

    kind = fields.Selection(
        [("hold", "Put on hold"), ("proof", "Notice handed over")], required=True
    )
    case_ids = fields.Many2many("telecom.dunning.case", required=True)
    date = fields.Date(required=True, default=fields.Date.context_today)
    note = fields.Char(required=True)

    def action_apply(self):
        """Do it."""
        self.ensure_one()
        if self.kind == "hold":
            return self.case_ids.hold(self.date, self.note)
        return self.case_ids.note_handed_over(self.date, self.note)

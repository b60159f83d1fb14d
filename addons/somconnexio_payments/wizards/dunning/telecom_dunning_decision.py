# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
from odoo import api, fields, models

#: What is proposed for a hold: a week.
HOLD_DAYS = 7


class TelecomDunningDecision(models.TransientModel):
    """Asks for what a person decides about dunning cases."""

    _name = "telecom.dunning.decision"
    _description = "Decision about Dunning Cases"

    kind = fields.Selection(
        [("hold", "Put on hold"), ("proof", "Notice handed over")], required=True
    )
    case_ids = fields.Many2many("telecom.dunning.case", required=True)
    date = fields.Date(
        required=True, compute="_compute_date", store=True, readonly=False
    )
    note = fields.Char(required=True)

    @api.depends("kind")
    def _compute_date(self):
        """Propose today for what has happened, a later day for what is to wait."""
        for decision in self:
            today = fields.Date.context_today(decision)
            days = HOLD_DAYS if decision.kind == "hold" else 0
            decision.date = fields.Date.add(today, days=days)

    def action_apply(self):
        """Do it."""
        self.ensure_one()
        if self.kind == "hold":
            return self.case_ids.hold(self.date, self.note)
        return self.case_ids.note_handed_over(self.date, self.note)

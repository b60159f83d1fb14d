# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
from odoo import api, fields, models


class TelecomUsageGap(models.Model):
    """A file that should have come: a number left out, or a period without a file."""

    _name = "telecom.usage.gap"
    _description = "Missing usage file"
    _inherit = ["mail.thread", "mail.activity.mixin"]
    _order = "source_id, expected_date desc, sequence_number desc, id desc"

    source_id = fields.Many2one(
        "telecom.usage.source", required=True, readonly=True, ondelete="cascade"
    )
    company_id = fields.Many2one(related="source_id.company_id", store=True)
    kind = fields.Selection(
        [("number", "Number left out"), ("late", "Late")], required=True, readonly=True
    )
    sequence_number = fields.Integer(
        string="Number", readonly=True, aggregator=None, required=True, default=0
    )
    expected_date = fields.Date(string="Period from", readonly=True)
    state = fields.Selection(
        [("open", "Missing"), ("arrived", "Arrived"), ("dismissed", "Never will come")],
        required=True,
        readonly=True,
        default="open",
        tracking=True,
    )
    closed_at = fields.Datetime(string="Closed", readonly=True)

    _gap_once = models.UniqueIndex(
        "(source_id, kind, sequence_number, COALESCE(expected_date, '1970-01-01'))",
        "A missing file is told once.",
    )

    @api.depends("source_id", "kind", "sequence_number", "expected_date")
    def _compute_display_name(self):
        for gap in self:
            if gap.kind == "number":
                text = self.env._(
                    "%(origin)s: file number %(number)s",
                    origin=gap.source_id.name,
                    number=gap.sequence_number,
                )
            else:
                text = self.env._(
                    "%(origin)s: file of %(date)s",
                    origin=gap.source_id.name,
                    date=gap.expected_date,
                )
            gap.display_name = text

    def _key(self):
        return self.kind, self.sequence_number, self.expected_date

    @api.model
    def _open(self, source, keys):
        """Open gaps of a source, each with an activity for its responsible."""
        gaps = self.create(
            [
                {
                    "source_id": source.id,
                    "kind": kind,
                    "sequence_number": number,
                    "expected_date": date,
                }
                for kind, number, date in keys
            ]
        )
        gaps.activity_schedule(
            "mail.mail_activity_data_todo",
            summary=self.env._("A usage file is missing: ask the provider for it"),
            user_id=source.user_id.id,
        )
        return gaps

    def _arrive(self):
        """Close gaps whose file has come, and their activities."""
        self._close("arrived", self.env._("The file has come."))

    def action_dismiss(self):
        """Close gaps whose file never will come."""
        self.check_access("write")
        self._close("dismissed", self.env._("The file never will come."))

    def action_reopen(self):
        """Expect the file again."""
        self.check_access("write")
        self.filtered(lambda gap: gap.state == "dismissed").write(
            {"state": "open", "closed_at": False}
        )

    def _close(self, state, feedback):
        is_open = self.filtered(lambda gap: gap.state == "open")
        is_open.write({"state": state, "closed_at": fields.Datetime.now()})
        is_open.activity_feedback(["mail.mail_activity_data_todo"], feedback=feedback)

# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
from odoo import api, fields, models


class TelecomUsageRejection(models.Model):
    """A row that is no usage event, kept for ever with its reason and its text."""

    _name = "telecom.usage.rejection"
    _description = "Rejected usage row"
    _order = "file_id desc, line_number"
    _rec_name = "line_number"

    file_id = fields.Many2one(
        "telecom.usage.file", required=True, readonly=True, ondelete="restrict"
    )
    company_id = fields.Many2one(
        "res.company", required=True, readonly=True, index=True
    )
    line_number = fields.Integer(
        string="Line", required=True, readonly=True, aggregator=None
    )
    reason = fields.Selection(
        [
            ("encoding", "Encoding"),
            ("structure", "Structure"),
            ("missing_value", "Missing value"),
            ("bad_value", "Unreadable value"),
            ("unknown_usage_type", "Unknown usage type"),
            ("out_of_range", "Out of range"),
            ("duplicate", "Duplicate"),
        ],
        required=True,
        readonly=True,
        index=True,
    )
    field_name = fields.Char(
        string="Field", readonly=True, help="The value at fault, when it is one."
    )
    detail = fields.Char(
        string="Found", readonly=True, help="What the line holds there."
    )
    expected = fields.Char(readonly=True, help="What the format expects there.")
    raw_line = fields.Text(
        string="Text", readonly=True, help="The line as received, shortened if huge."
    )
    state = fields.Selection(
        [
            ("rejected", "Rejected"),
            ("recycled", "Recycled"),
            ("discarded", "Discarded"),
        ],
        required=True,
        readonly=True,
        default="rejected",
        index=True,
        help="Recycled rows have become usage events; discarded ones never will.",
    )
    duplicate_file_id = fields.Many2one(
        "telecom.usage.file",
        string="Already in file",
        readonly=True,
        ondelete="restrict",
        index="btree_not_null",
    )
    duplicate_line_number = fields.Integer(
        string="Already in line", readonly=True, aggregator=None
    )

    discard_id = fields.Many2one(
        "telecom.usage.discard",
        readonly=True,
        ondelete="restrict",
        index="btree_not_null",
        help="Who gave the row up, when and why.",
    )

    _line_unique = models.Constraint(
        "UNIQUE(file_id, line_number)", "A line of a file is rejected once."
    )

    explanation = fields.Char(compute="_compute_explanation")

    @api.depends("file_id", "line_number")
    def _compute_display_name(self):
        for rejection in self:
            rejection.display_name = self.env._(
                "%(file)s, line %(line)s",
                file=rejection.file_id.display_name,
                line=rejection.line_number,
            )

    @api.depends("reason", "field_name", "detail", "expected")
    def _compute_explanation(self):
        for rejection in self:
            text = rejection._reason_text()
            if rejection.detail:
                text = self.env._(
                    "%(text)s Found: %(found)s.", text=text, found=rejection.detail
                )
            if rejection.expected:
                text = self.env._(
                    "%(text)s Expected: %(expected)s.",
                    text=text,
                    expected=rejection.expected,
                )
            rejection.explanation = text

    def _reason_text(self):
        self.ensure_one()
        values = {
            "field": self._field_label(),
            "file": self.duplicate_file_id.display_name,
            "line": self.duplicate_line_number,
        }
        texts = {
            "encoding": self.env._("The line has bytes that the encoding lacks."),
            "structure": self.env._("The line does not have the format's shape."),
            "missing_value": self.env._("%(field)s is missing."),
            "bad_value": self.env._("%(field)s cannot be read."),
            "unknown_usage_type": self.env._("The usage type is not known."),
            "out_of_range": self.env._("%(field)s is out of range."),
            "duplicate": self.env._("Told before in %(file)s, line %(line)s."),
        }
        return texts[self.reason] % values

    def _field_label(self):
        Field = self.env["telecom.usage.format.field"]
        return Field._target_label(self.field_name) or self.env._("A value")

    def action_recycle(self):
        """Read the chosen rows again, by the format as it is today."""
        recycled = self.filtered(lambda row: row.state == "rejected")._recycle()
        message = self.env._(
            "%(recycled)s of %(all)s rows have been recycled.",
            recycled=recycled,
            all=len(self),
        )
        kind = "success" if recycled else "warning"
        return self.file_id._notification(kind, message)

    def _recycle(self):
        """Read rejected rows again; duplicates and settled ones are left alone.

        :return: how many became events
        :raise UserError: when a file or its format cannot be read at all
        """
        self.check_access("read")
        self.file_id.check_access("write")
        readable = self.filtered(
            lambda row: row.state == "rejected" and row.reason != "duplicate"
        )
        self.flush_model()
        for file, rows in readable.grouped("file_id").items():
            file.reload_rejected(set(rows.mapped("line_number")))
        self.invalidate_model()
        readable.file_id.sudo()._count_rows()
        return len(readable.filtered(lambda row: row.state == "recycled"))

    def action_discard(self):
        """Ask for the reason, then give up rows that never will be usage."""
        return self.env["telecom.usage.reason"]._ask(
            self, "discard", self.env._("Discard")
        )

    def discard(self, reason):
        """Give up rows that never will be usage; it can be taken back.

        :param str reason: why, in the words of who does it
        :return: how many rows were given up
        :raise UserError: without a reason
        """
        return self.env["telecom.usage.discard"]._discard(
            "25_discard_rejections", "rejection_ids", self, reason
        )

    def action_restore(self):
        """Take back that rows were given up."""
        self.restore()

    def restore(self):
        """Let rows that were given up wait again.

        :return: how many wait again
        """
        return self.env["telecom.usage.discard"]._restore(
            "26_restore_rejections", "rejection_ids", self
        )

# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
from odoo import fields, models


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
    line_number = fields.Integer(required=True, readonly=True, aggregator=None)
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
        string="Line", readonly=True, help="The line as received, shortened if huge."
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

    _line_unique = models.Constraint(
        "UNIQUE(file_id, line_number)", "A line of a file is rejected once."
    )

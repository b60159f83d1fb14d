# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
from odoo import api, fields, models

from .faults import reason_text, remedy_text
from .kind_labels import kind_selection


class TelecomMigrationIssue(models.Model):
    """Something that was wrong with a row: where, what, and what to do."""

    _name = "telecom.migration.issue"
    _description = "Migration Fault"
    _order = "run_id, file_id, line_number, id"
    _rec_name = "code"
    _log_access = False

    run_id = fields.Many2one(
        "telecom.migration.run",
        required=True,
        readonly=True,
        index=True,
        ondelete="cascade",
    )
    company_id = fields.Many2one(related="run_id.company_id")
    file_id = fields.Many2one(
        "telecom.migration.file",
        required=True,
        readonly=True,
        index=True,
        ondelete="cascade",
    )
    kind = fields.Selection(kind_selection, required=True, readonly=True)
    line_number = fields.Integer(readonly=True)
    external_id = fields.Char(string="External ID", readonly=True)
    column_name = fields.Char(string="Column", readonly=True)
    value = fields.Char(readonly=True)
    code = fields.Char(required=True, readonly=True)
    expected = fields.Char(readonly=True)
    severity = fields.Selection(
        [
            ("refused", "Row refused"),
            ("kept", "Change not taken"),
            ("warning", "Taken, with a remark"),
            ("difference", "Record differs"),
        ],
        required=True,
        readonly=True,
    )
    reason = fields.Char(compute="_compute_texts")
    remedy = fields.Char(compute="_compute_texts")

    @api.depends("code", "expected", "value")
    @api.depends_context("lang")
    def _compute_texts(self):
        for issue in self:
            details = {
                "expected": issue.expected or "",
                "value": issue.value or "",
                "column": issue.column_name or "",
            }
            issue.reason = reason_text(self.env, issue.code, details)
            issue.remedy = remedy_text(self.env, issue.code, details)

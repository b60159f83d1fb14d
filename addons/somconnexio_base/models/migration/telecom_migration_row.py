# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
from odoo import fields, models

from .kind_labels import kind_selection

ROW_STATES = [
    ("staged", "To do"),
    ("created", "Created"),
    ("updated", "Updated"),
    ("unchanged", "Unchanged"),
    ("refused", "Refused"),
]


class TelecomMigrationRow(models.Model):
    """One row of a file, and what became of it.

    Filled by COPY and changed by the statements of ``sql/migration``; its state is
    the cursor of a run: what is not to do has been done.
    """

    _name = "telecom.migration.row"
    _description = "Migrated Row"
    _order = "id"
    _rec_name = "external_id"
    _log_access = False

    run_id = fields.Many2one(
        "telecom.migration.run", required=True, readonly=True, ondelete="cascade"
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
    line_number = fields.Integer(required=True, readonly=True)
    external_id = fields.Char(string="External ID", readonly=True)
    content = fields.Json(readonly=True, help="The values that were read.")
    row_hash = fields.Char(size=32, readonly=True)
    unique_key = fields.Char(readonly=True)
    facts = fields.Char(
        readonly=True, help="What is compared with the record afterwards."
    )
    amount = fields.Float(digits=False, readonly=True)
    state = fields.Selection(ROW_STATES, required=True, readonly=True)
    res_id = fields.Integer(string="Record", readonly=True)

    _line_unique = models.Constraint(
        "UNIQUE (file_id, line_number)", "A line of a file is staged once."
    )
    _state_idx = models.Index("(run_id, kind, state, id)")
    _external_idx = models.Index("(run_id, kind, external_id)")

    def action_open_record(self):
        """Open the record that this row became."""
        self.ensure_one()
        model_name = (
            self.env["telecom.migration.run"]._writer_class(self.kind).model_name
        )
        return {
            "type": "ir.actions.act_window",
            "res_model": model_name,
            "res_id": self.res_id,
            "view_mode": "form",
            "views": [(False, "form")],
        }

# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
from odoo import api, fields, models

from ... import sql_steps


class TelecomUsageFile(models.Model):
    """In which state of TM Forum's TMF635 the rows of a file are."""

    _inherit = "telecom.usage.file"

    row_states = fields.Char(
        string="Rows by state",
        compute="_compute_row_states",
        help="Each row is in exactly one state of TM Forum's Usage Management API.",
    )

    @api.depends("state", "event_count", "suspended_count", "discarded_count")
    @api.depends_context("lang")
    def _compute_row_states(self):
        labels = dict(
            self.env["telecom.usage.event"]
            ._fields["tmf_state"]
            ._description_selection(self.env)
        )
        counts_by_file = self._count_row_states()
        for file in self:
            counts = counts_by_file.get(file.id, {})
            file.row_states = " · ".join(
                f"{labels[state]}: {count}" for state, count in counts.items()
            )

    def _count_row_states(self):
        """Return ``{file id: {TMF635 state: number of rows}}``; no row, no entry."""
        self.flush_recordset()
        counts_by_file = {}
        for row in sql_steps.fetch(self.env, "28_sum_row_states", file_ids=self.ids):
            counts = counts_by_file.setdefault(row["file_id"], {})
            counts[row["state"]] = row["row_count"]
        return counts_by_file

# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
from odoo import api, fields, models

from ...takeover.kinds import KINDS
from ...takeover.layout import Layout
from .kind_labels import kind_selection


class TelecomMigrationLayout(models.Model):
    """How the files of one kind of row look in one source."""

    _name = "telecom.migration.layout"
    _description = "Migration Layout"
    _order = "profile_id, sequence, id"
    _rec_name = "kind"

    profile_id = fields.Many2one(
        "telecom.migration.profile", required=True, index=True, ondelete="cascade"
    )
    company_id = fields.Many2one(related="profile_id.company_id", store=True)
    sequence = fields.Integer(compute="_compute_sequence", store=True)
    kind = fields.Selection(kind_selection, required=True, string="What it holds")
    file_name_pattern = fields.Char(
        string="File names",
        help="Recognises files by name, with * and ?; several with blanks between:"
        " partners*.csv partners*.xlsx",
    )
    sheet_name = fields.Char(
        string="Sheet", help="Of an XLSX with several sheets; empty: the only one."
    )
    column_ids = fields.One2many(
        "telecom.migration.layout.column", "layout_id", string="Columns", copy=True
    )
    problem = fields.Char(compute="_compute_problem")

    _kind_unique = models.Constraint(
        "UNIQUE (profile_id, kind)", "The profile has a layout for this already."
    )

    @api.depends("kind")
    def _compute_sequence(self):
        places = {kind: place for place, kind in enumerate(KINDS)}
        for layout in self:
            layout.sequence = places.get(layout.kind, 0)

    @api.depends("kind")
    @api.depends_context("lang")
    def _compute_display_name(self):
        labels = dict(self._fields["kind"]._description_selection(self.env))
        for layout in self:
            layout.display_name = labels.get(layout.kind, "")

    @api.depends("column_ids.source", "column_ids.default_value", "column_ids.target")
    def _compute_problem(self):
        for layout in self:
            layout.problem = layout.kind and layout.profile_id._problem_of(layout)

    @api.model_create_multi
    def create(self, vals_list):
        """Override of ``base`` to begin with a line for each column there may be."""
        layouts = super().create(vals_list)
        layouts._add_missing_columns()
        return layouts

    def _add_missing_columns(self):
        """Add a line without a source for each column of the kind that has none."""
        self.env["telecom.migration.layout.column"].create(
            [
                {"layout_id": layout.id, "target": column.name, "sequence": place}
                for layout in self
                for place, column in enumerate(KINDS[layout.kind].columns)
                if column.name not in set(layout.column_ids.mapped("target"))
            ]
        )

    def _as_layout(self):
        """Return this layout as the pure readers know it."""
        self.ensure_one()
        used = self.column_ids.filtered(lambda c: c.source or c.default_value)
        return Layout(
            kind=self.kind,
            columns=tuple(column._as_map() for column in used),
            manner=self.profile_id._manner(),
        )

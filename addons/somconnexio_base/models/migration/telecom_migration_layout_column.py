# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
from datetime import date

from odoo import api, fields, models
from odoo.exceptions import ValidationError

from ...takeover.kinds import KINDS
from ...takeover.layout import ColumnMap


class TelecomMigrationLayoutColumn(models.Model):
    """Where one value comes from, and how it is written there."""

    _name = "telecom.migration.layout.column"
    _description = "Migration Column"
    _order = "layout_id, sequence, id"
    _rec_name = "target"

    layout_id = fields.Many2one(
        "telecom.migration.layout", required=True, index=True, ondelete="cascade"
    )
    company_id = fields.Many2one(related="layout_id.company_id", store=True)
    sequence = fields.Integer(default=100)
    target = fields.Char(string="Column here", required=True)
    source = fields.Char(
        string="Column in the file",
        help="Its name in the header. 'a + b' joins columns: of keys by a slash, of"
        " texts by a blank.",
    )
    default_value = fields.Char(string="If empty", help="What an empty cell means.")
    date_pattern = fields.Char(help="Where it is not the profile's.")
    value_map = fields.Text(
        help="One 'written=meaning' per line, such as Baja=terminated. What is not"
        " listed is taken as it is."
    )
    value_type = fields.Char(string="Type", compute="_compute_from_kind")
    is_needed = fields.Boolean(string="Required", compute="_compute_from_kind")
    explanation = fields.Char(compute="_compute_from_kind")

    _target_unique = models.Constraint(
        "UNIQUE (layout_id, target)", "The layout gives this column already."
    )

    @api.depends("target", "layout_id.kind")
    def _compute_from_kind(self):
        for item in self:
            kind = KINDS.get(item.layout_id.kind)
            column = kind and kind.by_name.get(item.target)
            item.value_type = column and column.type
            item.is_needed = bool(column and column.is_required)
            texts = (column.help, ", ".join(column.choices)) if column else ()
            item.explanation = " ".join(filter(None, texts))

    @api.constrains("value_map", "date_pattern", "target")
    def _check_written(self):
        for item in self:
            item._check_target()
            for text in filter(None, (item.value_map or "").splitlines()):
                if "=" not in text:
                    raise ValidationError(
                        self.env._(
                            "“%(line)s” in the value map of %(column)s: write"
                            " written=meaning.",
                            line=text,
                            column=item.target,
                        )
                    )
            if item.date_pattern and not _is_date_pattern(item.date_pattern):
                raise ValidationError(
                    self.env._(
                        "“%(pattern)s” is no date pattern: it needs %%d, %%m and %%Y.",
                        pattern=item.date_pattern,
                    )
                )

    def _check_target(self):
        kind = KINDS[self.layout_id.kind]
        if self.target not in kind.by_name:
            raise ValidationError(
                self.env._(
                    "%(column)s is no column of %(kind)s; there are %(columns)s.",
                    column=self.target,
                    kind=self.layout_id.display_name,
                    columns=", ".join(kind.by_name),
                )
            )

    def _meanings(self):
        """Return the value map as a dictionary: written text -> meaning."""
        pairs = (
            line.partition("=")
            for line in (self.value_map or "").splitlines()
            if "=" in line
        )
        return {written.strip(): meaning.strip() for written, _sign, meaning in pairs}

    def _as_map(self):
        """Return this line as the pure readers know it."""
        self.ensure_one()
        return ColumnMap(
            target=self.target,
            source=self.source or "",
            default=self.default_value or "",
            date_pattern=self.date_pattern or "",
            value_map=self._meanings(),
        )


def _is_date_pattern(pattern):
    """Tell whether a pattern writes whole dates, so that it can read them."""
    written = {date(2026, 10, day).strftime(pattern) for day in (3, 4)}
    return len(written) == 2 and all(f"%{sign}" in pattern for sign in "dm")

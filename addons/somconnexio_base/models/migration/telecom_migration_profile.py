# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
import re
from fnmatch import fnmatchcase

from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError

from ...takeover.errors import LayoutError
from ...takeover.values import Manner
from .faults import file_fault_text

CODE_PATTERN = re.compile(r"[a-z0-9][a-z0-9_-]*")


class TelecomMigrationProfile(models.Model):
    """How one other system exports its data: one record per source, never code."""

    _name = "telecom.migration.profile"
    _description = "Migration Profile"
    _order = "name, id"

    name = fields.Char(required=True)
    code = fields.Char(
        required=True,
        copy=False,
        help="Short name of the source in external ids: tryton, oldcrm.",
    )
    active = fields.Boolean(default=True)
    company_id = fields.Many2one(
        "res.company", required=True, index=True, default=lambda self: self.env.company
    )
    encoding = fields.Selection(
        [
            ("utf-8", "UTF-8"),
            ("cp1252", "Windows-1252"),
            ("iso-8859-1", "ISO-8859-1 (Latin-1)"),
            ("iso-8859-15", "ISO-8859-15 (Latin-9)"),
        ],
        required=True,
        default="utf-8",
        help="Of text files; sheets say it themselves.",
    )
    delimiter = fields.Char(
        required=True,
        default=";",
        size=2,
        trim=False,
        help="One character; \\t is a tab.",
    )
    quote_char = fields.Char(size=1, default='"', help="Empty: nothing is quoted.")
    decimal_separator = fields.Selection(
        [(".", "Point"), (",", "Comma")], required=True, default=","
    )
    date_pattern = fields.Char(
        required=True,
        default="%d/%m/%Y",
        help="%d day, %m month, %Y year; %d/%m/%Y %H:%M:%S where a time follows.",
    )
    country_id = fields.Many2one(
        "res.country",
        required=True,
        default=lambda self: self.env.company.country_id,
        help="Of telephone and tax numbers without a country.",
    )
    is_lenient = fields.Boolean(
        string="Take rows without their faulty values",
        default=True,
        help="A row is taken without an optional value that cannot be read, and the"
        " value reported. Otherwise the row is refused.",
    )
    layout_ids = fields.One2many(
        "telecom.migration.layout", "profile_id", string="Layouts", copy=True
    )
    run_ids = fields.One2many("telecom.migration.run", "profile_id", string="Runs")
    run_count = fields.Integer(compute="_compute_run_count")
    problem = fields.Text(
        compute="_compute_problem", help="Why files cannot be read by it yet."
    )

    _code_unique = models.Constraint(
        "UNIQUE (code)", "Another migration profile already has this code."
    )

    @api.depends("run_ids")
    def _compute_run_count(self):
        for profile in self:
            profile.run_count = len(profile.run_ids)

    @api.depends("layout_ids.problem")
    def _compute_problem(self):
        for profile in self:
            problems = profile.layout_ids.filtered("problem")
            profile.problem = "\n".join(
                f"{layout.display_name}: {layout.problem}" for layout in problems
            )

    @api.constrains("code", "delimiter")
    def _check_code(self):
        for profile in self:
            if not CODE_PATTERN.fullmatch(profile.code):
                raise ValidationError(
                    self.env._(
                        "“%(code)s” cannot be the code of a profile: use small"
                        " letters, digits, dashes and underscores.",
                        code=profile.code,
                    )
                )
            if len(profile._delimiter()) != 1:
                raise ValidationError(
                    self.env._("The delimiter is one character; \\t is a tab.")
                )

    def write(self, vals):
        """Override of ``base``: a source keeps its name once something came from it.

        :raise UserError: for another code or company after the first run
        """
        if {"code", "company_id"} & vals.keys():
            for profile in self.filtered("run_ids"):
                raise UserError(
                    self.env._(
                        "%(profile)s has been used: its code and company name the"
                        " records taken over. Copy it for another source.",
                        profile=profile.name,
                    )
                )
        return super().write(vals)

    def copy_data(self, default=None):
        """Override of ``base`` to give a copy a code of its own."""
        vals_list = super().copy_data(default)
        for profile, vals in zip(self, vals_list, strict=True):
            vals.setdefault("code", f"{profile.code}_copy")
            vals["name"] = self.env._("%s (copy)", profile.name)
        return vals_list

    def _delimiter(self):
        return (self.delimiter or "").replace("\\t", "\t")

    def _manner(self):
        """Return how this source writes its values."""
        self.ensure_one()
        return Manner(
            date_pattern=self.date_pattern,
            point=self.decimal_separator,
            country=self.country_id.code or "ES",
        )

    def _layout_for(self, file_name):
        """Return the layout whose pattern fits a file, empty when none or several do.

        :param str file_name: without folder
        """
        self.ensure_one()
        fitting = self.layout_ids.filtered(
            lambda layout: any(
                fnmatchcase(file_name.lower(), pattern.lower())
                for pattern in (layout.file_name_pattern or "").split()
            )
        )
        return fitting if len(fitting) == 1 else fitting.browse()

    def action_view_runs(self):
        """Open the migrations by this profile."""
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "somconnexio_base.action_telecom_migration_run"
        )
        action["domain"] = [("profile_id", "=", self.id)]
        action["context"] = {"default_profile_id": self.id}
        return action

    def action_add_layouts(self):
        """Add a layout for each kind of row that has none, sources to be filled in."""
        self.ensure_one()
        Layout = self.env["telecom.migration.layout"]
        kinds = [name for name, _label in Layout._fields["kind"].selection]
        missing = set(kinds) - set(self.layout_ids.mapped("kind"))
        Layout.create(
            [{"profile_id": self.id, "kind": kind} for kind in kinds if kind in missing]
        )
        return True

    def _problem_of(self, layout):
        """Return why a layout of this profile can't be used, empty when it can."""
        try:
            layout._as_layout().check()
        except LayoutError as error:
            return file_fault_text(self.env, error)
        return ""
